namespace ImageSearch.Spending;

/// <summary>The ledger of spending cannot be used. The message says which file, what is wrong with it, and the cure.</summary>
public sealed class SpendLedgerException(string message, Exception? innerException = null)
    : Exception(message, innerException);
