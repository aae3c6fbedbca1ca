using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Azure;

namespace SegFunctions.Storage.Tables;

/// <summary>A row as a dictionary from property name to value.</summary>
/// <remarks>
/// <para>
/// Values are <see cref="string"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>,
/// <see cref="DateTimeOffset"/> (or <see cref="DateTime"/> of kind UTC or local), <see cref="Guid"/> and <c>byte[]</c> (or
/// <see cref="BinaryData"/>); other types are refused when the row is sent. What comes back is exactly what was sent, with
/// dates as UTC <see cref="DateTimeOffset"/>, binaries as <c>byte[]</c> and, as the one exception, a negative zero as zero.
/// </para>
/// <para>
/// Null and absent are one to the service: a property that is null is not sent, so a merge cannot remove a property.
/// <c>PartitionKey</c>, <c>RowKey</c>, <c>Timestamp</c> and <c>odata.etag</c> are entries of the dictionary once they are set.
/// Names are case-sensitive. Not safe for use by several threads at once while one of them writes.
/// </para>
/// </remarks>
public sealed class TableEntity : ITableEntity, IDictionary<string, object?>
{
    internal const string PartitionKeyName = "PartitionKey";
    internal const string RowKeyName = "RowKey";
    internal const string TimestampName = "Timestamp";
    internal const string ETagName = "odata.etag";

    // Parallel arrays, searched from the front: rows have a few dozen properties at most, whose names are mostly the very
    // same string objects, and millions of rows are alive at once. A shared pair of arrays is copied before it is written.
    private string[] _names;
    private object?[] _values;
    private int _count;
    private bool _shared;
    private string? _partitionKey;
    private string? _rowKey;

    public TableEntity()
    {
        _names = [];
        _values = [];
    }

    public TableEntity(string partitionKey, string rowKey)
        : this()
    {
        _partitionKey = partitionKey;
        _rowKey = rowKey;
    }

    /// <summary>Copies the entries, the system properties among them.</summary>
    public TableEntity(IDictionary<string, object?> values)
        : this()
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (name, value) in values)
            this[name] = value;
    }

    /// <summary>A row over arrays that others read as well.</summary>
    internal TableEntity(string partitionKey, string rowKey, string[] names, object?[] values)
    {
        _partitionKey = partitionKey;
        _rowKey = rowKey;
        _names = names;
        _values = values;
        _count = names.Length;
        _shared = true;
    }

    public string PartitionKey
    {
        get => _partitionKey!;
        set => _partitionKey = value;
    }

    public string RowKey
    {
        get => _rowKey!;
        set => _rowKey = value;
    }

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    /// <summary>How many entries there are, system properties that are set included.</summary>
    public int Count => _count + SystemCount;

    public ICollection<string> Keys => [.. this.Select(entry => entry.Key)];

    public ICollection<object?> Values => [.. this.Select(entry => entry.Value)];

    bool ICollection<KeyValuePair<string, object?>>.IsReadOnly => false;

    /// <summary>The properties that are sent: all but the system's, in the order in which they were set.</summary>
    internal ReadOnlySpan<string> PropertyNames => _names.AsSpan(0, _count);

    /// <summary>The values beside <see cref="PropertyNames"/>.</summary>
    internal ReadOnlySpan<object?> PropertyValues => _values.AsSpan(0, _count);

    private int SystemCount =>
        (_partitionKey is null ? 0 : 1) + (_rowKey is null ? 0 : 1) + (Timestamp is null ? 0 : 1) + (ETag == default ? 0 : 1);

    /// <summary>The value of a property; null where there is none.</summary>
    public object? this[string key]
    {
        get
        {
            TryGetValue(key, out var value);
            return value;
        }

        set
        {
            ArgumentNullException.ThrowIfNull(key);
            switch (key)
            {
                case PartitionKeyName:
                    _partitionKey = (string?)value;
                    return;
                case RowKeyName:
                    _rowKey = (string?)value;
                    return;
                case TimestampName:
                    Timestamp = value is DateTime time ? new DateTimeOffset(time) : (DateTimeOffset?)value;
                    return;
                case ETagName:
                    ETag = value is string text ? new ETag(text) : (ETag?)value ?? default;
                    return;
            }

            var index = IndexOf(key);
            if (index < 0)
            {
                Append(key, value);
                return;
            }

            Own(_count);
            _values[index] = value;
        }
    }

    /// <exception cref="InvalidOperationException">The property is of another type. So for every <c>Get…</c>.</exception>
    public string? GetString(string key) => Get<string>(key);

    public int? GetInt32(string key) => GetStruct<int>(key);

    public long? GetInt64(string key) => GetStruct<long>(key);

    public double? GetDouble(string key) => GetStruct<double>(key);

    public bool? GetBoolean(string key) => GetStruct<bool>(key);

    public Guid? GetGuid(string key) => GetStruct<Guid>(key);

    public DateTimeOffset? GetDateTimeOffset(string key) => this[key] switch
    {
        DateTime time => new DateTimeOffset(time),
        _ => GetStruct<DateTimeOffset>(key),
    };

    /// <summary>The date in UTC.</summary>
    public DateTime? GetDateTime(string key) => GetDateTimeOffset(key)?.UtcDateTime;

    public byte[]? GetBinary(string key) => this[key] is BinaryData data ? data.ToArray() : Get<byte[]>(key);

    public BinaryData? GetBinaryData(string key) => this[key] switch
    {
        BinaryData data => data,
        _ => Get<byte[]>(key) is { } bytes ? new BinaryData(bytes) : null,
    };

    public void Add(string key, object? value)
    {
        if (ContainsKey(key))
            throw new ArgumentException($"The row has a property '{key}' already.", nameof(key));
        this[key] = value;
    }

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        var index = IndexOf(key);
        if (index >= 0)
        {
            value = _values[index];
            return true;
        }

        value = key switch
        {
            PartitionKeyName => _partitionKey,
            RowKeyName => _rowKey,
            TimestampName => Timestamp,
            ETagName => ETag == default ? null : ETag.ToString(),
            _ => null,
        };
        return value is not null;
    }

    public bool Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var index = IndexOf(key);
        if (index < 0)
        {
            var had = ContainsKey(key);
            if (had)
                this[key] = null;
            return had;
        }

        Own(_count);
        _count--;
        Array.Copy(_names, index + 1, _names, index, _count - index);
        Array.Copy(_values, index + 1, _values, index, _count - index);
        _values[_count] = null;
        return true;
    }

    public void Clear()
    {
        (_names, _values, _count, _shared) = ([], [], 0, false);
        (_partitionKey, _rowKey, Timestamp, ETag) = (null, null, null, default);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        if (ETag != default)
            yield return new(ETagName, ETag.ToString());
        if (_partitionKey is not null)
            yield return new(PartitionKeyName, _partitionKey);
        if (_rowKey is not null)
            yield return new(RowKeyName, _rowKey);
        if (Timestamp is not null)
            yield return new(TimestampName, Timestamp);
        for (var i = 0; i < _count; i++)
            yield return new(_names[i], _values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) =>
        TryGetValue(item.Key, out var value) && Equals(value, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)this).Contains(item) && Remove(item.Key);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex)
    {
        foreach (var entry in this)
            array[arrayIndex++] = entry;
    }

    /// <summary>Index among <see cref="PropertyNames"/>, or −1.</summary>
    internal int IndexOf(string name)
    {
        var names = PropertyNames;
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] == name)
                return i;
        }

        return -1;
    }

    /// <summary>Adds a property that is known to be absent and no system property.</summary>
    internal void Append(string name, object? value)
    {
        Own(_count + 1);
        _names[_count] = name;
        _values[_count++] = value;
    }

    private void Own(int capacity)
    {
        if (!_shared && capacity <= _names.Length)
            return;
        var length = capacity <= _count ? _count : Math.Max(capacity, Math.Max(8, _count * 2));
        Array.Resize(ref _names, length);
        Array.Resize(ref _values, length);
        if (_shared)
        {
            // Resize to the same length returns the same array.
            if (length == _count)
                (_names, _values) = ([.. _names], [.. _values]);
            _shared = false;
        }
    }

    private T? Get<T>(string key)
        where T : class
        => this[key] switch
        {
            null => null,
            T value => value,
            var other => throw WrongType(key, other, typeof(T)),
        };

    private T? GetStruct<T>(string key)
        where T : struct
        => this[key] switch
        {
            null => null,
            T value => value,
            var other => throw WrongType(key, other, typeof(T)),
        };

    private static InvalidOperationException WrongType(string key, object value, Type asked) =>
        new($"The property '{key}' holds a {value.GetType().Name}, not a {asked.Name}.");
}
