namespace SegFunctions.Storage.Tables;

/// <summary>Where a query goes on; what the service sends is opaque, the twin sends the keys of the next row.</summary>
/// <param name="RowKey">Null where the service names only a partition.</param>
internal sealed record RowPosition(string PartitionKey, string? RowKey)
{
    /// <summary>Both parts as one text without blanks or control characters.</summary>
    public string ToToken() => RowKey is null
        ? Uri.EscapeDataString(PartitionKey)
        : Uri.EscapeDataString(PartitionKey) + " " + Uri.EscapeDataString(RowKey);

    /// <summary>The position of a token; null for none.</summary>
    /// <exception cref="ArgumentException">The token was not made by <see cref="ToToken"/>.</exception>
    public static RowPosition? Parse(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        var blank = token.IndexOf(' ');
        if (blank >= 0 && token.IndexOf(' ', blank + 1) >= 0)
        {
            throw new ArgumentException(
                $"'{TableRules.Show(token)}' is no continuation token of a table query; pass on the token of the page before unchanged.",
                nameof(token));
        }

        return blank < 0
            ? new RowPosition(Uri.UnescapeDataString(token), null)
            : new RowPosition(Uri.UnescapeDataString(token[..blank]), Uri.UnescapeDataString(token[(blank + 1)..]));
    }

    public bool IsAfter(RowPosition other)
    {
        var sign = string.CompareOrdinal(PartitionKey, other.PartitionKey);
        return sign > 0 || (sign == 0 && string.CompareOrdinal(RowKey ?? "", other.RowKey ?? "") > 0);
    }
}
