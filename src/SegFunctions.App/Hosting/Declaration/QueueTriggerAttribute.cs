namespace SegFunctions.App.Hosting.Declaration;

/// <summary>Runs the function for every message of a storage queue, at least once each.</summary>
/// <remarks>
/// On a parameter of type <see cref="ReadOnlyMemory{T}"/> of bytes (recommended) or <see cref="string"/> (strict UTF-8).
/// A payload that was too large for the queue has been fetched before the function sees it.
/// </remarks>
/// <param name="queueName">Name of the queue; <c>%SETTING%</c> is replaced from the app settings.</param>
public sealed class QueueTriggerAttribute(string queueName) : TriggerAttribute
{
    public string QueueName { get; } = queueName;

    /// <summary>Name of the setting that holds the account; the app's own storage when absent.</summary>
    public string? Connection { get; init; }
}
