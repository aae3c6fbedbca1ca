namespace SegFunctions.App.Hosting.Loops;

/// <summary>One trigger of the built-in host at work.</summary>
internal abstract class TriggerLoop
{
    /// <summary>What runs here, for logs.</summary>
    public abstract string Name { get; }

    /// <summary>Creates what the trigger reads from; the first request to the storage account.</summary>
    public abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Works until <see cref="StopSignals.Stopping"/>, then returns once nothing is left running or taken.</summary>
    public abstract Task RunAsync(StopSignals signals);
}
