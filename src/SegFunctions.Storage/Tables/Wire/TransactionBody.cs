using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SegFunctions.Storage.Tables.Wire;

/// <summary>A transaction as the service takes it: a change set inside a multipart batch.</summary>
internal static class TransactionBody
{
    /// <summary>Writes the operations, which have passed <see cref="TableRules.CheckTransaction"/>.</summary>
    /// <param name="sizes">What the check returned.</param>
    /// <param name="table">The table's address.</param>
    /// <exception cref="ArgumentException">The body passes 4 MiB; the message names the operation.</exception>
    public static (SegmentedContent Content, string ContentType) Write(
        IReadOnlyList<TableTransactionAction> actions, int[] sizes, Uri table)
    {
        var id = Guid.NewGuid();
        var target = table.AbsoluteUri;
        var content = new SegmentedContent(sizes.Sum() + (512 * sizes.Length));
        using var writer = new Utf8JsonWriter(content, EntityWriter.Options);
        WriteAscii(content, $"--batch_{id}\r\nContent-Type: multipart/mixed; boundary=changeset_{id}\r\n\r\n");
        var opening = Encoding.ASCII.GetBytes(
            $"--changeset_{id}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
        var closing = Encoding.ASCII.GetBytes($"--changeset_{id}--\r\n--batch_{id}--\r\n");
        for (var i = 0; i < actions.Count; i++)
        {
            content.Write(opening);
            WriteOperation(content, writer, actions[i], target);
            if (content.Length + closing.Length > TableRules.MaxBodySize)
                throw TableRules.BodyTooLarge(i, (TableEntity)actions[i].Entity);
        }

        content.Write(closing);
        return (content, $"multipart/mixed; boundary=batch_{id}");
    }

    /// <summary>Refuses what <see cref="Write"/> would, without writing where the rows are too small for it to matter.</summary>
    public static void CheckSize(IReadOnlyList<TableTransactionAction> actions, int[] sizes, Uri table)
    {
        // JSON takes at most 13 bytes for each byte that the service counts (a one-letter name with its annotation is the
        // worst), and an operation's headers with two keys of 512 characters at most 12,000.
        if ((13L * sizes.Sum()) + (12_000L * sizes.Length) > TableRules.MaxBodySize)
            Write(actions, sizes, table);
    }

    private static void WriteOperation(SegmentedContent content, Utf8JsonWriter writer, TableTransactionAction action, string target)
    {
        var entity = (TableEntity)action.Entity;
        if (action.ActionType == TableTransactionActionType.Add)
        {
            WriteAscii(content, $"POST {target} HTTP/1.1\r\n");
        }
        else
        {
            var method = action.ActionType switch
            {
                TableTransactionActionType.Delete => "DELETE",
                TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpsertReplace => "PUT",
                _ => "PATCH",
            };
            WriteAscii(content, $"{method} {target}{TableRequests.RowSelector(entity.PartitionKey, entity.RowKey)} HTTP/1.1\r\n");
        }

        content.Write("Accept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\nPrefer: return-no-content\r\n"u8);
        if (action.ActionType is TableTransactionActionType.Delete or TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace)
            WriteAscii(content, $"If-Match: {TableRequests.IfMatch(action.ETag)}\r\n");
        if (action.ActionType == TableTransactionActionType.Delete)
        {
            content.Write("\r\n"u8);
            return;
        }

        content.Write("Content-Type: application/json\r\n\r\n"u8);
        writer.Reset(content);
        EntityWriter.Write(writer, entity);
        content.Write("\r\n"u8);
    }

    private static void WriteAscii(SegmentedContent content, string ascii)
    {
        var span = content.GetSpan(ascii.Length);
        content.Advance(Encoding.ASCII.GetBytes(ascii, span));
    }
}
