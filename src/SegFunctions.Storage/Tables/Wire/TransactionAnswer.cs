using System.Text;
using Azure;

namespace SegFunctions.Storage.Tables.Wire;

/// <summary>Reads the multipart answer to a transaction.</summary>
internal static class TransactionAnswer
{
    /// <summary>One response for each operation.</summary>
    /// <exception cref="TableTransactionFailedException">The service refused the transaction.</exception>
    /// <exception cref="RequestFailedException">The answer is not what the service documents.</exception>
    public static Response[] Read(ReadOnlySpan<byte> body, int operations)
    {
        var lines = new Lines(body);
        var answers = new Response[operations];
        var count = 0;
        while (lines.Next(out var line))
        {
            if (!line.StartsWith("HTTP/1."u8))
                continue;
            var status = Status(line);
            string? etag = null;
            var more = lines.Next(out line);
            while (more && line.Length > 0 && !line.StartsWith("--"u8))
            {
                if (ValueOf("ETag", line) is { } value)
                    etag = value;
                more = lines.Next(out line);
            }

            if (status >= 400)
                throw Failure(status, more && line.Length == 0 ? lines.Rest() : [], operations);
            if (count == operations)
                throw Malformed($"more than {operations} parts");
            answers[count++] = new TableResponse(status, etag);
            while (more && !line.StartsWith("--"u8))
                more = lines.Next(out line);
        }

        return count == operations ? answers : throw Malformed($"{count} parts for {operations} operations");
    }

    private static int Status(ReadOnlySpan<byte> line)
    {
        var blank = line.IndexOf((byte)' ');
        return blank > 0 && line.Length >= blank + 4 && int.TryParse(line.Slice(blank + 1, 3), out var status)
            ? status
            : throw Malformed($"the status line '{TableRules.Show(Encoding.ASCII.GetString(line))}'");
    }

    private static string? ValueOf(string name, ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon != name.Length || !Ascii.EqualsIgnoreCase(line[..colon], name))
            return null;
        return Encoding.ASCII.GetString(line[(colon + 1)..]).Trim();
    }

    private static TableTransactionFailedException Failure(int status, ReadOnlySpan<byte> rest, int operations)
    {
        var (code, message) = TableError.Parse(rest);
        var colon = message.IndexOf(':');
        int? index = colon > 0 && int.TryParse(message.AsSpan(0, colon), out var number) && number < operations
            ? number
            : operations == 1 ? 0 : null;
        return new TableTransactionFailedException(new RequestFailedException(status, message, code, innerException: null), index);
    }

    private static RequestFailedException Malformed(string what) => new(
        $"The answer to the transaction has {what}. Whether the transaction took effect is not known; read the rows back.");

    /// <summary>The lines of a text, which end with CR LF or LF.</summary>
    private ref struct Lines(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> _rest = text;

        public bool Next(out ReadOnlySpan<byte> line)
        {
            if (_rest.IsEmpty)
            {
                line = default;
                return false;
            }

            var end = _rest.IndexOf((byte)'\n');
            line = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (line.EndsWith("\r"u8))
                line = line[..^1];
            return true;
        }

        public readonly ReadOnlySpan<byte> Rest() => _rest;
    }
}
