namespace SegFunctions.App.Hosting.Loops;

/// <summary>The three steps of a stop; each follows the one before.</summary>
/// <param name="Stopping">Begin nothing new; what runs may go on.</param>
/// <param name="Aborting">The grace is over: running functions are cancelled, unfinished messages go back.</param>
/// <param name="Leaving">The process ends now; requests to storage are dropped, and time-outs give back what is left.</param>
internal readonly record struct StopSignals(CancellationToken Stopping, CancellationToken Aborting, CancellationToken Leaving);
