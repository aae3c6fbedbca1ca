using System.Reflection;
using Microsoft.Extensions.Logging;
using SegFunctions.App.Hosting.Queues;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.Orchestration;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Docs;

/// <summary>What docs/operations.md lists is what there is.</summary>
public sealed class OperationsPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryFolder.Below("docs", "operations.md"));

    [Fact]
    public void Every_setting_is_explained()
    {
        var settings = typeof(AppSettingNames).GetFields().Select(field => (string)field.GetRawConstantValue()!).Append(QueuePumpOptions.HoldSetting).ToList();
        Assert.True(settings.Count > 5);
        Assert.All(settings, setting => Assert.Contains($"| `{setting}` |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_queue_and_its_poison_is_explained()
    {
        var queues = SegFunctionsApp.Functions().Functions.Select(function => function.Trigger).OfType<QueueFunctionTrigger>().Select(trigger => trigger.QueueName).ToList();
        Assert.True(queues.Count > 5);
        Assert.All(queues, queue => Assert.Contains($"`{queue}`", Page, StringComparison.Ordinal));
        Assert.All(queues.Where(queue => !queue.EndsWith("-poison", StringComparison.Ordinal)), queue => Assert.Contains($"| `{queue}-poison` |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void An_event_id_means_one_thing()
    {
        const BindingFlags declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var ids = new[] { typeof(SegFunctionsApp).Assembly, typeof(OrchestrationEngine).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(declared))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .Select(message => message.EventId)
            .ToList();
        Assert.True(ids.Count > 30);
        Assert.Distinct(ids);
    }
}
