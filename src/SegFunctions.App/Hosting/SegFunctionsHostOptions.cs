using SegFunctions.App.Hosting.Queues;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.App.Hosting.Uploads;
using SegFunctions.Storage;

namespace SegFunctions.App.Hosting;

/// <summary>What a host is made of; checked as a whole when it is created.</summary>
public sealed record SegFunctionsHostOptions
{
    public required FunctionRegistry Functions { get; init; }

    /// <summary>Opens the storage account; called once, when something first needs it, so that a start does not wait for it.</summary>
    public required Func<StorageAccount> Storage { get; init; }

    /// <summary>Registers what the function classes need. The host adds the classes themselves, the account and the clock.</summary>
    public Action<IServiceCollection, IConfiguration>? Services { get; init; }

    /// <summary>App settings; see <see cref="HostConfiguration.Load"/>.</summary>
    public required IConfiguration Configuration { get; init; }

    /// <summary>
    /// The port that the Functions host gave this process. With it the process answers that host on loopback and runs no
    /// triggers of its own; without it it is the built-in host.
    /// </summary>
    public int? CustomHandlerPort { get; init; }

    /// <summary>Where the built-in host listens; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:7071";

    /// <summary>Key of the built-in host's HTTP functions; at least 16 characters. Not used under the Functions host.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Whether the built-in host polls queues, runs timers and watches uploads, or serves HTTP alone.</summary>
    public bool RunsTriggers { get; init; } = true;

    /// <summary>How queues are polled; null takes <c>extensions.queues</c> of host.json.</summary>
    public QueuePumpOptions? Queues { get; init; }

    /// <summary>How the container of uploads is watched; null watches nothing, as in Azure, where Event Grid does.</summary>
    public UploadWatcherOptions? Uploads { get; init; } = new();

    /// <summary>Set where the platform signs users in: its <c>X-MS-CLIENT-…</c> headers are believed then, else removed.</summary>
    public bool TrustsPlatformSignIn { get; init; }

    /// <summary>How long running functions may go on after a stop was asked for, before they are cancelled.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(20);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where logs go; null writes JSON lines to standard output.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
