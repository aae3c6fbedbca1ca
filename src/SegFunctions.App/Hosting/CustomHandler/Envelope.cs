using System.Text.Json;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Registry;

namespace SegFunctions.App.Hosting.CustomHandler;

/// <summary>The body of an invocation: <c>{"Data":{…},"Metadata":{…}}</c>.</summary>
internal sealed class Envelope : IDisposable
{
    private readonly JsonDocument _document;
    private readonly JsonElement _data;
    private readonly JsonElement _metadata;

    private Envelope(JsonDocument document)
    {
        _document = document;
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("Data", out _data)
            || _data.ValueKind != JsonValueKind.Object)
        {
            throw new EnvelopeException("An invocation is a JSON object with the members 'Data' and 'Metadata', as the Functions host sends it.");
        }

        root.TryGetProperty("Metadata", out _metadata);
    }

    /// <exception cref="EnvelopeException">The body is no JSON object with data.</exception>
    public static async Task<Envelope> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new EnvelopeException(
                $"The invocation is no JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.", exception);
        }

        try
        {
            return new Envelope(document);
        }
        catch (EnvelopeException)
        {
            document.Dispose();
            throw;
        }
    }

    /// <summary>The value of the trigger as it stands.</summary>
    /// <exception cref="EnvelopeException">There is none of that name.</exception>
    public JsonElement Trigger(string binding)
    {
        if (!_data.TryGetProperty(binding, out var value))
            throw new EnvelopeException($"'Data' has no '{binding}'; function.json and the executable are not of the same version.");
        return value;
    }

    /// <summary>A message's bytes, and what its queue says of it.</summary>
    public (ReadOnlyMemory<byte> Body, QueueMessageMetadata Metadata) QueueMessage(QueueFunctionTrigger trigger)
    {
        var (body, hidden) = Message(trigger.Binding, trigger.IsText);
        return (body, new QueueMessageMetadata
        {
            Id = hidden.Contains("Id") ? null : BindingValue.OptionalText(_metadata, "Id"),
            DequeueCount = hidden.Contains("DequeueCount") ? null : BindingValue.OptionalNumber(_metadata, "DequeueCount"),
            InsertionTime = hidden.Contains("InsertionTime") ? null : BindingValue.OptionalTime(_metadata, "InsertionTime"),
            ExpirationTime = hidden.Contains("ExpirationTime") ? null : BindingValue.OptionalTime(_metadata, "ExpirationTime"),
        });
    }

    /// <summary>A message's bytes, and what Service Bus says of it.</summary>
    public (ReadOnlyMemory<byte> Body, ServiceBusMessageMetadata Metadata) ServiceBusMessage(ServiceBusFunctionTrigger trigger)
    {
        var (body, hidden) = Message(trigger.Binding, trigger.IsText);
        return (body, new ServiceBusMessageMetadata
        {
            MessageId = Text("MessageId"),
            DeliveryCount = Number("DeliveryCount"),
            SequenceNumber = Number("SequenceNumber"),
            ContentType = Text("ContentType"),
            CorrelationId = Text("CorrelationId"),
            Subject = Text("Subject"),
            SessionId = Text("SessionId"),
            EnqueuedTime = hidden.Contains("EnqueuedTime") ? null : BindingValue.OptionalTime(_metadata, "EnqueuedTime"),
            ApplicationProperties = hidden.Contains("ApplicationProperties") ? new Dictionary<string, string>(StringComparer.Ordinal) : Properties(),
        });

        string? Text(string name) => hidden.Contains(name) ? null : BindingValue.OptionalText(_metadata, name);

        long? Number(string name) => hidden.Contains(name) ? null : BindingValue.OptionalNumber(_metadata, name);
    }

    /// <summary>The tick that a timer function answers.</summary>
    public TimerInfo Timer(TimerFunctionTrigger trigger)
    {
        var value = Trigger(trigger.Binding);
        if (value.ValueKind != JsonValueKind.Object)
            throw new EnvelopeException($"'{trigger.Binding}' must be a JSON object, as the Functions host writes timers.");
        var status = value.TryGetProperty("ScheduleStatus", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        return new TimerInfo
        {
            IsPastDue = value.TryGetProperty("IsPastDue", out var pastDue) && pastDue.ValueKind == JsonValueKind.True,
            ScheduleStatus = status.ValueKind != JsonValueKind.Object ? null : new ScheduleStatus
            {
                Last = BindingValue.OptionalTime(status, "Last") ?? DateTimeOffset.MinValue,
                Next = BindingValue.OptionalTime(status, "Next") ?? DateTimeOffset.MinValue,
                LastUpdated = BindingValue.OptionalTime(status, "LastUpdated") ?? DateTimeOffset.MinValue,
            },
        };
    }

    public void Dispose() => _document.Dispose();

    private (byte[] Body, HashSet<string> Hidden) Message(string binding, bool isText)
    {
        var value = Trigger(binding);
        // The host hides metadata behind a JSON message's own properties, but only when it holds the message as text.
        var hidden = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (!isText)
            return (BindingValue.Bytes(value, binding), hidden);
        var text = BindingValue.Text(value, binding);
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length > 0 && trimmed[0] == '{' && trimmed[^1] == '}')
        {
            try
            {
                using var message = JsonDocument.Parse(text);
                hidden.UnionWith(message.RootElement.EnumerateObject().Select(property => property.Name));
            }
            catch (JsonException)
            {
                // Braces around something else than JSON: the host hides nothing then.
            }
        }

        return (System.Text.Encoding.UTF8.GetBytes(text), hidden);
    }

    private Dictionary<string, string> Properties()
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_metadata.ValueKind == JsonValueKind.Object
            && _metadata.TryGetProperty("ApplicationProperties", out var found)
            && found.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in found.EnumerateObject())
                properties[property.Name] = property.Value.ToString();
        }

        return properties;
    }
}
