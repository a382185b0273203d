using System.Runtime.InteropServices;

namespace ImageSearch.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks the run to finish what is in flight, the second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    /// <summary>Listens from now on.</summary>
    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ExitCode.Terminated));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stopping.Token;

    /// <summary>True from the first signal on.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>The code of the signal that came; meaningful while <see cref="IsStopping"/>.</summary>
    public ExitCode ExitCode { get; private set; } = ExitCode.Interrupted;

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stopping.Dispose();
    }

    private void Stop(PosixSignalContext context, ExitCode exitCode)
    {
        if (IsStopping)
        {
            Environment.Exit((int)exitCode);
        }

        context.Cancel = true;
        ExitCode = exitCode;
        _stopping.Cancel();
    }
}
