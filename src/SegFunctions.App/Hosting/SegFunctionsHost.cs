using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SegFunctions.App.Hosting.CustomHandler;
using SegFunctions.App.Hosting.Http;
using SegFunctions.App.Hosting.Invocation;
using SegFunctions.App.Hosting.Loops;
using SegFunctions.App.Hosting.OpenApi;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.Storage;

namespace SegFunctions.App.Hosting;

/// <summary>The app as a running thing: under the Functions host, as the built-in trigger host, or inside another process.</summary>
/// <remarks>
/// <code>
/// await using var host = SegFunctionsHost.Create(options);
/// await host.StartAsync(cancellationToken);   // host.Url is known from here
/// await host.StopAsync(cancellationToken);
/// </code>
/// It listens to no signals of the operating system unless <see cref="RunAsync"/> is used.
/// </remarks>
public sealed class SegFunctionsHost : IAsyncDisposable
{
    // The body limit of the Functions host.
    private const long LargestHttpBody = 104_857_600;

    private readonly WebApplication _app;
    private readonly SegFunctionsHostOptions _options;
    private readonly TriggerLoops? _loops;
    private readonly TaskCompletionSource _never = new();

    private SegFunctionsHost(WebApplication app, SegFunctionsHostOptions options, TriggerLoops? loops)
    {
        _app = app;
        _options = options;
        _loops = loops;
    }

    /// <summary>Where HTTP is served, with the real port; known after the start.</summary>
    public Uri Url
    {
        get
        {
            var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
            var address = addresses?.FirstOrDefault() ?? throw new InvalidOperationException("The host has not started.");
            // A wildcard is where we listen, not where anybody can call.
            return new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
        }
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>Faults when a trigger died unexpectedly; the process should end then, with another code than 0.</summary>
    public Task Failed => _loops?.Failed ?? _never.Task;

    /// <exception cref="SettingsException">The options or settings have faults; all are listed.</exception>
    public static SegFunctionsHost Create(SegFunctionsHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var plan = HostPlan.Read(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(options.Configuration);
        ConfigureServer(builder, options);
        ConfigureServices(builder.Services, options, plan);
        var app = builder.Build();
        ConfigurePipeline(app, options);
        return new SegFunctionsHost(app, options, plan.CreateLoops(app.Services));
    }

    /// <summary>Opens the port, then the triggers; under the Functions host the port alone.</summary>
    /// <exception cref="SettingsException">Storage cannot be used, or the port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_loops is not null)
            await _loops.PrepareAsync(Services.GetRequiredService<StorageAccount>(), cancellationToken);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            // Kestrel's way to say that an address is in use.
            throw new SettingsException([exception.Message]);
        }

        _loops?.Start();
    }

    /// <summary>Takes no more work, lets functions finish within the grace, gives unfinished messages back.</summary>
    /// <param name="hurry">Ends the grace early.</param>
    public async Task StopAsync(CancellationToken hurry)
    {
        // Triggers first: what they run may still send and be asked for.
        if (_loops is not null)
            await _loops.StopAsync(hurry);
        await _app.StopAsync(hurry);
    }

    /// <summary>Starts, serves until SIGTERM, SIGINT or <paramref name="cancellationToken"/>, and stops.</summary>
    /// <returns>False when it stopped because a trigger died, which the log tells of.</returns>
    /// <exception cref="SettingsException">As <see cref="StartAsync"/>.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var hurry = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        await StartAsync(stop.Token);
        var stopped = new TaskCompletionSource();
        await using (stop.Token.Register(stopped.SetResult))
        {
            await Task.WhenAny(stopped.Task, Failed);
        }

        await StopAsync(hurry.Token);
        return !Failed.IsFaulted;

        void OnSignal(PosixSignalContext context)
        {
            // Ours to handle: the runtime would end the process at once. The second signal ends the grace.
            context.Cancel = true;
            (stop.IsCancellationRequested ? hurry : stop).Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_loops is not null)
            await _loops.DisposeAsync();
        await _app.DisposeAsync();
    }

    private static void ConfigureServer(WebApplicationBuilder builder, SegFunctionsHostOptions options)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Invocations carry whole messages, in base64; the Functions host has its own limit for HTTP.
            kestrel.Limits.MaxRequestBodySize = options.CustomHandlerPort is null ? LargestHttpBody : null;
            if (options.CustomHandlerPort is { } port)
            {
                // In code, so that an inherited ASPNETCORE_URLS has no say; loopback, for only the host next to us may call.
                kestrel.Listen(IPAddress.Loopback, port);
            }
        });
        if (options.CustomHandlerPort is null)
            builder.WebHost.UseUrls(options.Url);
    }

    private static void ConfigureServices(IServiceCollection services, SegFunctionsHostOptions options, HostPlan plan)
    {
        services.AddRoutingCore();
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Information);
            // The framework logs request paths, which hold customers' ids.
            logging.AddFilter("Microsoft", LogLevel.Warning);
            // A start that fails is thrown as well; whoever started us says it in words, without a stack trace.
            logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
            (options.Logging ?? LogLines).Invoke(logging);
            if (options.CustomHandlerPort is not null)
                logging.AddProvider(new InvocationLogs());
        });
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.StopGrace);
        services.AddSingleton<IHostLifetime, SilentLifetime>();
        services.AddSingleton(options.Configuration);
        services.AddSingleton(options.Functions);
        services.AddSingleton(options.Time);
        services.AddSingleton(_ => plan.Connect());
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<HttpFunctionEndpoint>();
        services.AddSingleton<InvocationEndpoint>();
        services.AddSingleton<OpenApiDocument>();
        options.Services?.Invoke(services, options.Configuration);
        foreach (var type in options.Functions.Functions.Select(function => function.DeclaringType).Distinct())
            services.TryAddScoped(type);
    }

    private static void ConfigurePipeline(WebApplication app, SegFunctionsHostOptions options)
    {
        var isBuiltIn = options.CustomHandlerPort is null;
        app.UseMiddleware<ProblemMiddleware>();
        app.Use(next => context =>
        {
            if (!options.TrustsPlatformSignIn)
                AzureRestrictions.StripPlatformHeaders(context.Request.Headers);
            return isBuiltIn && AzureRestrictions.Apply(context.Request) is var (status, detail)
                ? Problem.WriteAsync(context, status, detail)
                : next(context);
        });
        app.UseRouting();
        app.Services.GetRequiredService<HttpFunctionEndpoint>().Map(
            app, isBuiltIn ? new FunctionKeys(options.ApiKey!) : null, function => AppSettings.IsDisabled(options.Configuration, function.Name));
        if (!isBuiltIn)
            app.Services.GetRequiredService<InvocationEndpoint>().Map(app);
    }

    private static void LogLines(ILoggingBuilder logging) => logging.AddJsonConsole(console =>
    {
        console.IncludeScopes = true;
        console.UseUtcTimestamp = true;
        console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
    });
}
