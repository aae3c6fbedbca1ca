using System.Buffers;
using System.Buffers.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Sdk = Azure.Storage.Queues.Models;

namespace SegFunctions.Storage.Queues.Remote;

/// <summary>A queue of Azure Queue Storage.</summary>
internal sealed class AzureMessageQueue(string name, Lazy<QueueClient> client, BlobClaimCheck claims) : MessageQueue
{
    public override string Name => name;

    public override Task CreateIfNotExistsAsync(CancellationToken cancellationToken) =>
        client.Value.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    public override Task DeleteIfExistsAsync(CancellationToken cancellationToken) =>
        client.Value.DeleteIfExistsAsync(cancellationToken);

    public override async Task SendAsync(ReadOnlyMemory<byte> payload, TimeSpan delay, CancellationToken cancellationToken)
    {
        QueueLimits.RequireDelay(delay);
        var body = await claims.CheckInAsync(payload, cancellationToken);
        var text = Convert.ToBase64String(body.Span);
        var visibleAfter = QueueLimits.WholeSeconds(delay);
        try
        {
            await PutAsync();
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await CreateIfNotExistsAsync(cancellationToken);
            await PutAsync();
        }

        Task PutAsync() => client.Value.SendMessageAsync(text, visibleAfter, QueueLimits.LifeWith(visibleAfter), cancellationToken);
    }

    public override async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        int maximum, TimeSpan visibility, CancellationToken cancellationToken)
    {
        QueueLimits.RequireReceive(maximum, visibility);
        try
        {
            Sdk.QueueMessage[] received = await client.Value.ReceiveMessagesAsync(
                maximum, QueueLimits.WholeSeconds(visibility), cancellationToken);
            return Array.ConvertAll(received, Read);
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return [];
        }
    }

    public override async Task<IReadOnlyList<ReadOnlyMemory<byte>>> PeekAsync(CancellationToken cancellationToken)
    {
        try
        {
            Sdk.PeekedMessage[] seen = await client.Value.PeekMessagesAsync(QueueLimits.MostReceived, cancellationToken);
            return Array.ConvertAll(seen, message => Decode(message.Body).Body);
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return [];
        }
    }

    public override async Task<QueueMessage?> SetVisibilityAsync(
        QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        QueueLimits.RequireDelay(visibility);
        try
        {
            UpdateReceipt receipt = await client.Value.UpdateMessageAsync(
                message.MessageId, message.PopReceipt, messageText: null, QueueLimits.WholeSeconds(visibility), cancellationToken);
            return message with { PopReceipt = receipt.PopReceipt, NextVisibleOn = receipt.NextVisibleOn };
        }
        catch (RequestFailedException failure) when (IsHeldNoLonger(failure))
        {
            return null;
        }
    }

    public override async Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            await client.Value.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (IsHeldNoLonger(failure))
        {
            return false;
        }
    }

    public override async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            QueueProperties properties = await client.Value.GetPropertiesAsync(cancellationToken);
            return properties.ApproximateMessagesCount;
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return 0;
        }
    }

    private static bool IsHeldNoLonger(RequestFailedException failure) =>
        failure.Status == 404 || failure.ErrorCode == QueueErrorCode.PopReceiptMismatch;

    private static (ReadOnlyMemory<byte> Body, bool IsDecodable) Decode(BinaryData body)
    {
        var text = body.ToMemory();
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text.Span, decoded, out _, out var length) == OperationStatus.Done
            ? (decoded.AsMemory(0, length), true)
            : (text, false);
    }

    private static QueueMessage Read(Sdk.QueueMessage received)
    {
        var (body, isDecodable) = Decode(received.Body);
        return new QueueMessage
        {
            MessageId = received.MessageId,
            PopReceipt = received.PopReceipt,
            Body = body,
            IsDecodable = isDecodable,
            DequeueCount = received.DequeueCount,
            InsertedOn = received.InsertedOn ?? default,
            NextVisibleOn = received.NextVisibleOn ?? default,
            ExpiresOn = received.ExpiresOn ?? default,
        };
    }
}
