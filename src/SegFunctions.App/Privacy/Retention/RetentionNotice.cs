namespace SegFunctions.App.Privacy.Retention;

/// <summary>Says at each start what is kept for ever: that no limit is set is to be somebody's decision, not an oversight.</summary>
internal sealed partial class RetentionNotice(RetentionOptions options, ILogger<RetentionNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Notice is { } notice)
            LogNotice(notice);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 4106, Level = LogLevel.Warning, Message = "{Notice}")]
    private partial void LogNotice(string notice);
}
