using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Queues;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.Storage;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Hosting;

/// <summary>The host as a whole, inside this process.</summary>
public sealed class SegFunctionsHostTests
{
    [Fact]
    public async Task What_this_process_sends_is_taken_without_waiting_for_the_next_look()
    {
        var calls = new Calls();
        var time = new ManualTimeProvider();
        var storage = StorageAccount.InMemory(time);
        await using var host = await Some.StartedAsync(Some.Options(calls) with
        {
            RunsTriggers = true,
            Storage = () => storage,
            Time = time,
            Queues = new QueuePumpOptions { MaxPollingInterval = TimeSpan.FromHours(1) },
        });

        // The clock stands still: only the signal can bring the message.
        await host.Services.GetRequiredService<StorageAccount>().Queues.GetQueue("sample-bytes")
            .SendAsync("at once"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);

        Assert.Equal("at once", (await calls.NextAsync<QueueCall>()).Text);
    }

    [Fact]
    public async Task Storage_is_not_opened_before_something_needs_it()
    {
        var opened = 0;
        await using var host = await Some.StartedAsync(Some.Options(new Calls()) with
        {
            CustomHandlerPort = Some.FreePort(),
            Storage = () =>
            {
                opened++;
                return StorageAccount.InMemory(TimeProvider.System);
            },
        });
        using var client = new HttpClient { BaseAddress = host.Url };

        using var ready = await client.GetAsync("/");

        Assert.Equal((HttpStatusCode.OK, 0), (ready.StatusCode, opened));
        await host.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Each_call_gets_a_scope_of_its_own_that_ends_with_it()
    {
        var calls = new Calls();
        var storage = StorageAccount.InMemory(TimeProvider.System);
        await using var host = await Some.StartedAsync(Some.Options(calls) with
        {
            RunsTriggers = true,
            Storage = () => storage,
            Functions = FunctionRegistry.FromTypes([typeof(Scoped)]),
            Services = (services, _) => services.AddSingleton(calls).AddScoped<Resource>(),
        });
        var queue = host.Services.GetRequiredService<StorageAccount>().Queues.GetQueue("scoped-queue");

        await queue.SendAsync("1"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);
        var one = await calls.NextAsync<Resource>();
        await queue.SendAsync("2"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);
        var other = await calls.NextAsync<Resource>();

        Assert.NotSame(one, other);
        await host.StopAsync(CancellationToken.None);
        Assert.True(one.IsDisposed && other.IsDisposed);
    }

    [Fact]
    public async Task Host_runs_without_a_network_on_a_test_server()
    {
        await using var host = await Some.StartedAsync(Some.Options(new Calls()) with
        {
            Services = (services, _) => services.AddSingleton<IServer, TestServer>().AddSingleton(new Calls()),
        });
        using var client = ((TestServer)host.Services.GetRequiredService<IServer>()).CreateClient();

        Assert.Equal("well", await client.GetStringAsync("/api/v1/health"));
        await host.StopAsync(CancellationToken.None);
    }

    internal sealed class Resource : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Scoped(Calls calls, Resource resource)
    {
        [Function("Scoped")]
        public Task TakeAsync([QueueTrigger("scoped-queue")] string message, FunctionContext context, CancellationToken cancellationToken)
        {
            Assert.Same(resource, context.Services.GetRequiredService<Resource>());
            return calls.RecordAsync(resource, cancellationToken);
        }
    }
}
