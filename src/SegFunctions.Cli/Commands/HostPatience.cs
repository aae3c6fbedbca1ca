using SegFunctions.Cli.Output;

namespace SegFunctions.Cli.Commands;

/// <summary>Says what a command waits for while no host has begun the work.</summary>
/// <param name="work">What the host should do.</param>
/// <param name="storage">Where the host should run, in words.</param>
internal sealed class HostPatience(string work, string storage, CommandConsole console, TimeProvider time)
{
    private static readonly TimeSpan FirstWord = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NextWord = TimeSpan.FromSeconds(60);
    private readonly long _began = time.GetTimestamp();
    private TimeSpan _next = FirstWord;

    /// <param name="hasBegun">Whether a host has been seen at work; then there is nothing to say.</param>
    public void Seen(bool hasBegun)
    {
        var waited = time.GetElapsedTime(_began);
        if (hasBegun || waited < _next)
            return;
        console.Note(
            $"Waiting {waited.TotalSeconds:0} s for {work}: no host has begun it. Does one run on {storage} ('segfunctions serve', or the function app)? "
            + "Ctrl+C ends the waiting; the work stays asked for.");
        _next = waited + NextWord;
    }
}
