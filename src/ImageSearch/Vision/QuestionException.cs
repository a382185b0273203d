namespace ImageSearch.Vision;

/// <summary>A question about pictures cannot be asked as it stands; nothing was sent. The message says what is wrong with it, with the value, and the cure.</summary>
public sealed class QuestionException(string message, Exception? innerException = null) : Exception(message, innerException);
