using SegFunctions.Storage.Queues;

namespace SegFunctions.App.Hosting.Queues;

/// <summary>What becomes of a message.</summary>
internal enum MessageFate
{
    Run,

    /// <summary>It has done its work.</summary>
    Delete,

    /// <summary>It appears again after the visibility time-out of the options.</summary>
    Retry,

    /// <summary>It appears again at once, for another process.</summary>
    GiveBack,

    /// <summary>It moves to the poison queue.</summary>
    Poison,
}

/// <summary>How a try ended.</summary>
internal enum MessageOutcome
{
    Succeeded,
    Failed,

    /// <summary>The host stopped before the function was done.</summary>
    Stopped,
}

/// <summary>The Functions host's rules for messages of one queue; no I/O.</summary>
internal sealed class MessageRules(string queue, QueuePumpOptions options)
{
    private const string PoisonSuffix = "-poison";

    /// <summary>Where this queue's poison goes, or null: the poison of a poison queue stays where it is.</summary>
    public string? PoisonQueue { get; } = queue.EndsWith(PoisonSuffix, StringComparison.Ordinal) ? null : queue + PoisonSuffix;

    /// <summary>Of a message that was just received.</summary>
    public MessageFate OnReceived(QueueMessage message)
    {
        // A process that dies in a function reports no failure; only the count tells.
        var isPoison = !message.IsDecodable || message.DequeueCount > options.MaxDequeueCount;
        return isPoison && PoisonQueue is not null ? MessageFate.Poison : MessageFate.Run;
    }

    /// <summary>Of a message whose function has ended.</summary>
    public MessageFate OnEnded(QueueMessage message, MessageOutcome outcome) => outcome switch
    {
        MessageOutcome.Succeeded => MessageFate.Delete,
        MessageOutcome.Stopped => MessageFate.GiveBack,
        _ => message.DequeueCount >= options.MaxDequeueCount && PoisonQueue is not null ? MessageFate.Poison : MessageFate.Retry,
    };
}
