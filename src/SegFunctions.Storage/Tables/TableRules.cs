using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Azure;

namespace SegFunctions.Storage.Tables;

/// <summary>
/// What the service refuses, checked before anything is sent; the message says where: operation, row, property. Source:
/// "Understanding the Table service data model" and "Performing entity group transactions" of the service's documentation.
/// </summary>
internal static class TableRules
{
    public const int MaxKeyLength = 512;
    public const int MaxNameLength = 255;
    public const int MaxProperties = 252;
    public const int MaxStringLength = 32 * 1024;
    public const int MaxBinaryLength = 64 * 1024;
    public const int MaxEntitySize = 1024 * 1024;
    public const int MaxOperations = 100;
    public const int MaxBodySize = 4 * 1024 * 1024;
    public const int MaxPageSize = 1000;

    private const int NoOperation = -1;
    private static readonly DateTimeOffset FirstDate = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SearchValues<char> ForbiddenInKeys = SearchValues.Create(
        "/\\#?" + string.Concat(Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(code => (char)code)));

    private static readonly SearchValues<char> PlainInNames =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    public static void CheckTableName([NotNull] string? name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var wellFormed = name.Length is >= 3 and <= 63 && char.IsAsciiLetter(name[0]) && !name.AsSpan().ContainsAnyExcept(PlainInNames)
            && !name.Contains('_') && !name.Equals("tables", StringComparison.OrdinalIgnoreCase);
        if (!wellFormed)
        {
            throw new ArgumentException(
                $"'{Show(name)}' is no name of a table: names are 3 to 63 ASCII letters and digits, start with a letter, and are "
                + "not 'tables'.",
                nameof(name));
        }
    }

    public static void CheckKeys(string? partitionKey, string? rowKey)
    {
        CheckKey(NoOperation, partitionKey, rowKey, TableEntity.PartitionKeyName, partitionKey);
        CheckKey(NoOperation, partitionKey, rowKey, TableEntity.RowKeyName, rowKey);
    }

    public static void CheckPageSize(int? maxPerPage)
    {
        if (maxPerPage is < 1 or > MaxPageSize)
            throw new ArgumentOutOfRangeException(nameof(maxPerPage), maxPerPage, $"A page holds 1 to {MaxPageSize} rows.");
    }

    /// <summary>The names of <paramref name="select"/>; null selects all.</summary>
    public static string[]? CheckSelect(IEnumerable<string>? select)
    {
        if (select is null)
            return null;
        string[] names = [.. select];
        foreach (var name in names)
        {
            if (!IsPropertyName(name))
                throw new ArgumentException($"'{Show(name)}' is no name of a property and cannot be selected.", nameof(select));
        }

        return names.Length == 0 ? null : names;
    }

    /// <summary>The version of an update; the default is refused, because it would let an update insert.</summary>
    public static void CheckUpdateCondition(ETag ifMatch)
    {
        if (ifMatch == default)
        {
            throw new ArgumentException(
                "An update needs the ETag that was read, or ETag.All to accept any version. To write whether the row exists or "
                + "not, use UpsertEntityAsync.",
                nameof(ifMatch));
        }
    }

    /// <summary>The row behind the interface.</summary>
    public static TableEntity Row(ITableEntity? entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return entity as TableEntity ?? throw new ArgumentException(
            $"Rows are written as {nameof(TableEntity)}, not as {entity.GetType().Name}: copy the properties into one.",
            nameof(entity));
    }

    /// <summary>Checks that rows of <typeparamref name="T"/> can be read.</summary>
    public static void CheckRowType<T>()
    {
        if (typeof(T) != typeof(TableEntity))
            throw new NotSupportedException($"Rows are read as {nameof(TableEntity)}, not as {typeof(T).Name}.");
    }

    /// <summary>Checks a row that is to be written.</summary>
    /// <returns>Its size in bytes as the service counts it.</returns>
    public static int CheckEntity(TableEntity entity) => CheckEntity(NoOperation, entity);

    /// <summary>Checks everything about a transaction but the size of its body.</summary>
    /// <returns>The sizes of the rows, in bytes as the service counts them.</returns>
    public static int[] CheckTransaction(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count == 0)
            throw new ArgumentException("A transaction holds at least one operation.", nameof(actions));
        if (actions.Count > MaxOperations)
        {
            throw new ArgumentException(
                $"A transaction holds at most {MaxOperations} operations, not {actions.Count}: operation {MaxOperations} "
                + $"({Describe(actions[MaxOperations].Entity)}) is one too many.",
                nameof(actions));
        }

        var sizes = new int[actions.Count];
        var rows = new Dictionary<string, int>(actions.Count, StringComparer.Ordinal);
        for (var i = 0; i < sizes.Length; i++)
        {
            var action = actions[i] ?? throw new ArgumentException($"Operation {i} of the transaction is null.", nameof(actions));
            var entity = Row(action.Entity);
            if (action.ActionType == TableTransactionActionType.Delete)
                CheckEntityKeys(i, entity);
            else
                sizes[i] = CheckEntity(i, entity);
            if (entity.PartitionKey != actions[0].Entity.PartitionKey)
            {
                throw Refusal(i, entity, null,
                    $"the transaction began in partition '{Show(actions[0].Entity.PartitionKey)}', and all its rows must be in one");
            }

            if (!rows.TryAdd(entity.RowKey, i))
                throw Refusal(i, entity, null, $"operation {rows[entity.RowKey]} writes that row already; a transaction writes a row once");
        }

        return sizes;
    }

    public static ArgumentException BodyTooLarge(int operation, TableEntity entity) => Refusal(
        operation, entity, null, $"with it the request's body passes {MaxBodySize} bytes; send fewer or smaller rows at once");

    /// <summary>A value in a message: short, and without characters that would garble a log.</summary>
    public static string Show(string? text)
    {
        if (text is null)
            return "(null)";
        var shown = new StringBuilder();
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, 64)))
        {
            if (char.IsControl(c) || char.IsSurrogate(c))
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                shown.Append(c);
        }

        return text.Length > 64 ? shown.Append(CultureInfo.InvariantCulture, $"… ({text.Length} characters)").ToString() : shown.ToString();
    }

    /// <summary>Index of the first surrogate without its other half, or −1.</summary>
    public static int IndexOfUnpairedSurrogate(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAnyInRange('\ud800', '\udfff');
        if (at < 0)
            return -1;
        for (; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (char.IsLowSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
                return at;
            at++;
        }

        return -1;
    }

    /// <summary>
    /// Bytes of one property as the service counts them (Windows Azure Storage team blog, "How to get most out of Windows
    /// Azure Tables", 2010).
    /// </summary>
    public static int SizeOf(string name, object value) => 8 + (2 * name.Length) + value switch
    {
        string text => 4 + (2 * text.Length),
        byte[] bytes => 4 + bytes.Length,
        BinaryData data => 4 + data.ToMemory().Length,
        bool => 1,
        int => 4,
        Guid => 16,
        _ => 8,
    };

    /// <summary>Bytes of a row without its properties.</summary>
    public static int SizeOf(string partitionKey, string rowKey) => 4 + (2 * (partitionKey.Length + rowKey.Length));

    private static int CheckEntity(int operation, TableEntity entity)
    {
        CheckEntityKeys(operation, entity);
        var names = entity.PropertyNames;
        var values = entity.PropertyValues;
        var size = SizeOf(entity.PartitionKey, entity.RowKey);
        var sent = 0;
        for (var i = 0; i < names.Length; i++)
        {
            if (!IsPropertyName(names[i]))
            {
                throw Refusal(operation, entity, names[i],
                    $"a name is 1 to {MaxNameLength} letters, digits and underscores and does not start with a digit");
            }

            if (values[i] is not { } value)
                continue;
            if (FaultOf(value) is { } fault)
                throw Refusal(operation, entity, names[i], fault);
            sent++;
            size += SizeOf(names[i], value);
        }

        if (sent > MaxProperties)
            throw Refusal(operation, entity, null, $"a row holds at most {MaxProperties} properties beside its keys, not {sent}");
        if (size > MaxEntitySize)
            throw Refusal(operation, entity, null, $"a row holds at most {MaxEntitySize} bytes; this one has {size}");
        return size;
    }

    private static void CheckEntityKeys(int operation, TableEntity entity)
    {
        CheckKey(operation, entity.PartitionKey, entity.RowKey, TableEntity.PartitionKeyName, entity.PartitionKey);
        CheckKey(operation, entity.PartitionKey, entity.RowKey, TableEntity.RowKeyName, entity.RowKey);
    }

    private static void CheckKey(int operation, string? partitionKey, string? rowKey, string name, [NotNull] string? key)
    {
        string fault;
        if (key is null)
            fault = "it is null; a key may be empty but not missing";
        else if (key.Length > MaxKeyLength)
            fault = $"it has {key.Length} characters; a key holds at most {MaxKeyLength}";
        else if (key.AsSpan().IndexOfAny(ForbiddenInKeys) is >= 0 and var at)
            fault = $"the character U+{(int)key[at]:X4} at position {at} is not allowed in keys; {nameof(TableKeyCodec)} makes any text a key";
        else if (IndexOfUnpairedSurrogate(key) is >= 0 and var half)
            fault = $"position {half} holds half of a surrogate pair; {nameof(TableKeyCodec)} makes any text a key";
        else
            return;
        throw Refusal(operation, partitionKey, rowKey, name, fault);
    }

    private static string? FaultOf(object value)
    {
        switch (value)
        {
            case string text:
                if (text.Length > MaxStringLength)
                    return $"it has {text.Length} characters; a string holds at most {MaxStringLength}";
                var half = IndexOfUnpairedSurrogate(text);
                return half < 0 ? null : $"position {half} holds half of a surrogate pair, which no encoding can carry";
            case int or long or double or bool or Guid:
                return null;
            case DateTimeOffset date:
                return date < FirstDate ? $"the service keeps dates from 1601-01-01 on, not {date:O}" : null;
            case DateTime { Kind: DateTimeKind.Unspecified } time:
                return $"the time {time:O} is neither UTC nor local; use DateTimeOffset, or DateTime.SpecifyKind";
            case DateTime time:
                return time.ToUniversalTime() < FirstDate.UtcDateTime ? $"the service keeps dates from 1601-01-01 on, not {time:O}" : null;
            case byte[] bytes:
                return BinaryFault(bytes.Length);
            case BinaryData data:
                return BinaryFault(data.ToMemory().Length);
            default:
                return $"values of type {value.GetType().Name} cannot be kept; use string, int, long, double, bool, DateTimeOffset, "
                    + "Guid or byte[]";
        }

        static string? BinaryFault(int length) =>
            length > MaxBinaryLength ? $"it has {length} bytes; a binary holds at most {MaxBinaryLength}" : null;
    }

    private static bool IsPropertyName(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxNameLength || char.IsAsciiDigit(name[0]))
            return false;
        if (!name.AsSpan().ContainsAnyExcept(PlainInNames))
            return true;
        for (var i = 0; i < name.Length; i++)
        {
            // The characters of a C# identifier, which the service asks for.
            var follows = char.GetUnicodeCategory(name[i]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DecimalDigitNumber;
            if (!(char.IsLetter(name[i]) || name[i] == '_' || (i > 0 && follows)))
                return false;
        }

        return true;
    }

    private static ArgumentException Refusal(int operation, TableEntity entity, string? property, string fault) =>
        Refusal(operation, entity.PartitionKey, entity.RowKey, property, fault);

    private static ArgumentException Refusal(int operation, string? partitionKey, string? rowKey, string? property, string fault)
    {
        var message = new StringBuilder();
        if (operation != NoOperation)
            message.Append(CultureInfo.InvariantCulture, $"Operation {operation}: ");
        message.Append(CultureInfo.InvariantCulture, $"row PartitionKey '{Show(partitionKey)}', RowKey '{Show(rowKey)}'");
        if (property is not null)
            message.Append(CultureInfo.InvariantCulture, $", property '{Show(property)}'");
        return new ArgumentException(message.Append(": ").Append(fault).Append('.').ToString());
    }

    private static string Describe(ITableEntity entity) =>
        $"PartitionKey '{Show(entity.PartitionKey)}', RowKey '{Show(entity.RowKey)}'";
}
