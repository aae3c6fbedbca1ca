using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SegFunctions.App.Hosting;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.Storage;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Hosting;

internal static class Some
{
    public const string Key = "a-key-for-the-tests-1234";

    public static FunctionRegistry Registry() => FunctionRegistry.FromTypes([typeof(SampleFunctions)]);

    /// <summary>HTTP on a free port, storage in memory, no triggers, no console.</summary>
    public static SegFunctionsHostOptions Options(Calls calls, params (string Name, string Value)[] settings) => new()
    {
        Functions = Registry(),
        Storage = () => StorageAccount.InMemory(TimeProvider.System),
        Services = (services, _) => services.AddSingleton(calls),
        Configuration = HostConfiguration.Load(hostJson: null, settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))),
        Url = "http://127.0.0.1:0",
        ApiKey = Key,
        RunsTriggers = false,
        Logging = _ => { },
    };

    public static async Task<SegFunctionsHost> StartedAsync(SegFunctionsHostOptions options)
    {
        var host = SegFunctionsHost.Create(options);
        await host.StartAsync(CancellationToken.None);
        return host;
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static ILogger<T> Silent<T>() => LoggerFactory.Create(_ => { }).CreateLogger<T>();

    /// <summary>Moves the clock in steps until the task is done, giving the code under test room in between.</summary>
    public static async Task<T> WhileAdvancingAsync<T>(this Task<T> task, ManualTimeProvider time, TimeSpan step)
    {
        await ((Task)task).WhileAdvancingAsync(time, step);
        return await task;
    }

    public static async Task WhileAdvancingAsync(this Task task, ManualTimeProvider time, TimeSpan step)
    {
        var guard = TimeProvider.System.GetTimestamp();
        while (!task.IsCompleted)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(guard) < Calls.Guard, "nothing happened, however far the clock was moved");
            time.Advance(step);
            // Real, and short: the code under test runs on other threads.
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System));
        }

        await task;
    }
}
