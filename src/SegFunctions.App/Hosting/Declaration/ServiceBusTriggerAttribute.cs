namespace SegFunctions.App.Hosting.Declaration;

/// <summary>Runs the function for every message of a Service Bus queue or subscription, at least once each.</summary>
/// <remarks>
/// On a parameter of type <see cref="ReadOnlyMemory{T}"/> of bytes or <see cref="string"/>. Served by the Functions host
/// only; the built-in host names such functions at start and leaves them alone.
/// </remarks>
public sealed class ServiceBusTriggerAttribute : TriggerAttribute
{
    /// <param name="queueName">Name of the queue; <c>%SETTING%</c> is replaced from the app settings.</param>
    public ServiceBusTriggerAttribute(string queueName) => QueueName = queueName;

    /// <param name="topicName">Name of the topic.</param>
    /// <param name="subscriptionName">Name of the topic's subscription.</param>
    public ServiceBusTriggerAttribute(string topicName, string subscriptionName)
    {
        TopicName = topicName;
        SubscriptionName = subscriptionName;
    }

    public string? QueueName { get; }

    public string? TopicName { get; }

    public string? SubscriptionName { get; }

    /// <summary>Name of the setting, or prefix of settings, that holds the connection.</summary>
    public string? Connection { get; init; }

    public bool IsSessionsEnabled { get; init; }
}
