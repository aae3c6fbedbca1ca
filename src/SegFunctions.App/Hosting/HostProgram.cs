using System.Globalization;
using SegFunctions.App.Hosting.Publishing;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.Storage;

namespace SegFunctions.App.Hosting;

/// <summary>The executable's course: what it was started as, and with which code it ends.</summary>
public static class HostProgram
{
    /// <summary>The settings are faulty, or storage cannot be used.</summary>
    public const int Faulty = 1;

    /// <summary>The arguments are not understood.</summary>
    public const int WrongUsage = 2;

    /// <summary>A trigger ended by an error of ours; whoever watches the process should start it again.</summary>
    public const int TriggerDied = 3;

    /// <summary>
    /// Ended in order, but nobody asks a custom handler to: the Functions host starts it again at this code, and would leave
    /// it dead at 0.
    /// </summary>
    public const int StartAgain = 200;

    private const string WriteFunctions = "--write-functions";

    /// <summary>Runs the app as the environment says, and returns the process's exit code.</summary>
    /// <param name="functions">Reads the functions; its faults end the program with their list.</param>
    /// <param name="services">
    /// Registers what the functions need; may throw <see cref="SettingsException"/> for its own settings.
    /// </param>
    /// <param name="ownFaults">Faults of those settings, to be reported together with the host's.</param>
    public static async Task<int> RunAsync(
        string[] args, Func<FunctionRegistry> functions, Action<IServiceCollection, IConfiguration>? services,
        Func<IConfiguration, IEnumerable<string>>? ownFaults = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(functions);
        try
        {
            switch (args)
            {
                case []:
                    var options = Read(functions(), services, ownFaults);
                    var host = SegFunctionsHost.Create(options);
                    await using (host)
                    {
                        if (!await host.RunAsync(CancellationToken.None))
                            return TriggerDied;
                    }

                    return options.CustomHandlerPort is null ? 0 : StartAgain;
                case [WriteFunctions, var folder]:
                    FunctionFolders.Write(functions(), folder);
                    return 0;
                default:
                    await Console.Error.WriteLineAsync($"The host takes its settings from the environment and knows one argument: {WriteFunctions} DIR.");
                    return WrongUsage;
            }
        }
        catch (Exception exception) when (exception is SettingsException or FunctionDeclarationException or StorageConnectionException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Faulty;
        }
    }

    private static SegFunctionsHostOptions Read(
        FunctionRegistry registry, Action<IServiceCollection, IConfiguration>? services, Func<IConfiguration, IEnumerable<string>>? ownFaults)
    {
        var faults = new List<string>();
        var root = AppContext.BaseDirectory;
        var hostJson = Path.Combine(root, "host.json");
        var configuration = HostConfiguration.Load(File.Exists(hostJson) ? hostJson : null);
        var port = ReadPort(configuration, faults);
        if (port is null)
            faults.AddRange(FunctionFolders.FindFaults(root));
        var storage = StorageSettings.Read(configuration, TimeProvider.System, faults);
        faults.AddRange(ownFaults?.Invoke(configuration) ?? []);
        if (storage is null || faults.Count > 0)
            throw new SettingsException(faults);
        return new SegFunctionsHostOptions
        {
            Functions = registry,
            Storage = storage,
            Services = services,
            Configuration = configuration,
            CustomHandlerPort = port,
            Url = AppSettings.Find(configuration, "SegFunctions__Url") ?? "http://127.0.0.1:7071",
            ApiKey = AppSettings.Find(configuration, "SegFunctions__ApiKey"),
            TrustsPlatformSignIn = port is not null && AppSettings.Find(configuration, "SegFunctions__TrustPlatformSignIn") == "true",
        };
    }

    private static int? ReadPort(IConfiguration configuration, List<string> faults)
    {
        if (AppSettings.Find(configuration, "FUNCTIONS_CUSTOMHANDLER_PORT") is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return port;
        faults.Add($"FUNCTIONS_CUSTOMHANDLER_PORT is '{text}'; it must be a port.");
        return null;
    }
}
