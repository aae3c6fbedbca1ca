using Microsoft.Extensions.Configuration;
using SegFunctions.App.Hosting;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.Storage;

namespace SegFunctions.App.Tests.Hosting.Settings;

public sealed class SettingsTests
{
    [Fact]
    public void Settings_in_the_callers_hand_win_over_host_json()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{ "version": "2.0", /* noted */ "extensions": { "queues": { "batchSize": 3, "maxDequeueCount": 7 } } }""");

            var configuration = HostConfiguration.Load(file, [new("AzureFunctionsJobHost__extensions__queues__batchSize", "9")]);

            Assert.Equal("9", configuration["AzureFunctionsJobHost:extensions:queues:batchSize"]);
            Assert.Equal("7", configuration["AzureFunctionsJobHost:extensions:queues:maxDequeueCount"]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Host_json_that_is_none_is_named_with_its_place()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "{\n  nonsense");

            var fault = Assert.Single(Assert.Throws<SettingsException>(() => HostConfiguration.Load(file)).Faults);

            Assert.StartsWith($"{file}, line 2", fault, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Every_fault_of_options_and_settings_is_reported_at_once()
    {
        var options = Some.Options(
            new Calls(),
            ("AzureFunctionsJobHost__functionTimeout", "soon"),
            ("AzureFunctionsJobHost__extensions__queues__batchSize", "33"),
            ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "x"),
            ("AzureFunctionsJobHost__extensions__queues__messageEncoding", "none"),
            ("NIGHT", "at night")) with
        {
            ApiKey = "short",
            Url = "https://127.0.0.1:1",
            StopGrace = TimeSpan.FromDays(1),
            RunsTriggers = true,
            Functions = FunctionRegistry.FromTypes([typeof(NeedsSettings)]),
        };

        var faults = Assert.Throws<SettingsException>(() => SegFunctionsHost.Create(options)).Faults;

        string[] expected =
        [
            "The address 'https://127.0.0.1:1' is none",
            "SegFunctions__ApiKey has 5 characters",
            "The grace for a stop is 1.00:00:00",
            "host.json: functionTimeout is 'soon'",
            "extensions.queues: batchSize is 33; it must be from 1 to 32.",
            "host.json: extensions.queues.maxPollingInterval is 'x'",
            "host.json: extensions.queues.messageEncoding is 'none'",
            "FromMissing: the app setting 'MISSING_QUEUE' is missing; '%MISSING_QUEUE%' needs it.",
            "AtNight: 'at night' is no timer schedule",
            "Elsewhere: its queue lies in another account ('Other')",
            "Twice: another function takes the messages of 'once' already.",
        ];
        foreach (var fault in expected)
            Assert.Contains(faults, found => found.StartsWith(fault, StringComparison.Ordinal));
        Assert.Equal(expected.Length, faults.Count);
    }

    [Fact]
    public async Task Settings_are_put_into_queue_names_and_switch_functions_off()
    {
        var calls = new Calls();
        var storage = StorageAccount.InMemory(TimeProvider.System);
        var options = Some.Options(
            calls,
            ("MISSING_QUEUE", "found-after-all"),
            ("AzureWebJobs_AtNight_Disabled", "1"),
            ("AzureWebJobs.Elsewhere.Disabled", "true"),
            ("AzureWebJobs.Twice.Disabled", "TRUE")) with
        {
            RunsTriggers = true,
            Storage = () => storage,
            Functions = FunctionRegistry.FromTypes([typeof(NeedsSettings)]),
        };
        await using var host = await Some.StartedAsync(options);

        await storage.Queues.GetQueue("found-after-all").SendAsync("here"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);

        Assert.Equal("here", (await calls.NextAsync<QueueCall>()).Text);
        await host.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("", "The app setting AzureWebJobsStorage is missing")]
    [InlineData("AzureWebJobsStorage__blobServiceUri=https://a.blob.core.windows.net", "The app setting AzureWebJobsStorage__queueServiceUri and AzureWebJobsStorage__tableServiceUri is missing")]
    [InlineData("AzureWebJobsStorage__blobServiceUri=nowhere", "The app setting AzureWebJobsStorage__blobServiceUri is 'nowhere'")]
    public void Storage_settings_that_lack_something_say_what(string setting, string expected)
    {
        var faults = new List<string>();

        Assert.Null(StorageSettings.Read(Configuration(setting), TimeProvider.System, faults));

        Assert.Contains(faults, fault => fault.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AzureWebJobsStorage=UseDevelopmentStorage=true")]
    [InlineData("AzureWebJobsStorage__accountName=someaccount")]
    [InlineData("AzureWebJobsStorage__accountName=someaccount;AzureWebJobsStorage__credential=managedidentity;AzureWebJobsStorage__clientId=0d6d2b0e-3c0e-4c1f-9a55-0b6f1a1f7c11")]
    [InlineData("AzureWebJobsStorage__blobServiceUri=https://a.blob.core.windows.net;AzureWebJobsStorage__queueServiceUri=https://a.queue.core.windows.net;AzureWebJobsStorage__tableServiceUri=https://a.table.core.windows.net")]
    public void Storage_is_opened_by_connection_string_or_identity(string settings)
    {
        var faults = new List<string>();

        var open = StorageSettings.Read(Configuration(settings), TimeProvider.System, faults);

        Assert.Empty(faults);
        Assert.NotNull(open!());
    }

    private static IConfiguration Configuration(string settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0].Replace("__", ":", StringComparison.Ordinal), (string?)pair[1])))
        .Build();

    private sealed class NeedsSettings(Calls calls)
    {
        [Function("FromMissing")]
        public Task FromMissing([QueueTrigger("%MISSING_QUEUE%")] string message, QueueMessageMetadata metadata, CancellationToken cancellationToken) =>
            calls.RecordAsync(new QueueCall(message, metadata.Id, metadata.DequeueCount, null, null), cancellationToken);

        [Function("AtNight")]
        public Task AtNight([TimerTrigger("%NIGHT%")] TimerInfo timer) => Task.CompletedTask;

        [Function("Elsewhere")]
        public Task Elsewhere([QueueTrigger("elsewhere", Connection = "Other")] string message) => Task.CompletedTask;

        [Function("Once")]
        public Task Once([QueueTrigger("once")] string message) => Task.CompletedTask;

        [Function("Twice")]
        public Task Twice([QueueTrigger("once")] string message) => Task.CompletedTask;
    }
}
