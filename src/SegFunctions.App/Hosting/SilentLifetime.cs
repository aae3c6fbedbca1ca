namespace SegFunctions.App.Hosting;

/// <summary>Leaves signals and the console to who runs the host, which may be a command or a test.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
