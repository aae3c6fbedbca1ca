using SegFunctions.Customers.Identity.Normalisation;
using SegFunctions.Customers.Identity.Records;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Store;

/// <summary>What uploads said of who the customers are, oldest first; a customer who was told of otherwise later has both versions.</summary>
/// <remarks>Somebody who moved is recognised by the old address and by the new one. Memory: one text a value, and 8 bytes for each of its uses.</remarks>
public sealed class CustomerIdentifiers
{
    private readonly List<CustomerKey> _keys = [];
    private readonly List<string?[]> _values = [];
    private readonly Dictionary<CustomerKey, int> _last = [];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Column, string Id), List<CustomerKey>> _external = [];

    /// <summary>The fields of the customers dataset that say who somebody is, in the order of the values.</summary>
    public static IReadOnlyList<(string Name, IdentityField Field)> Fields { get; } =
    [
        ("givenName", IdentityField.GivenName),
        ("familyName", IdentityField.FamilyName),
        ("fullName", IdentityField.FullName),
        ("email", IdentityField.Email),
        ("phone", IdentityField.Phone),
        ("street", IdentityField.Street),
        ("city", IdentityField.City),
        ("postalCode", IdentityField.PostalCode),
        ("birthDate", IdentityField.BirthDate),
        ("company", IdentityField.Company),
        ("region", IdentityField.Region),
        ("country", IdentityField.Country),
        ("gender", IdentityField.Gender),
    ];

    /// <summary>Customers known.</summary>
    public int Customers => _last.Count;

    /// <summary>Ids of other systems with the customers who bear each, the first known first; ids that one customer alone bears as well.</summary>
    internal IEnumerable<(string Column, IReadOnlyList<CustomerKey> Customers)> External => _external.Select(one => (one.Key.Column, (IReadOnlyList<CustomerKey>)one.Value));

    /// <summary>Adds an id that a customer has in another system. "-1", "null", "n/a", a letter repeated and their like say that there is none.</summary>
    /// <param name="column">What kind of id it is; those of two kinds are never compared.</param>
    public void AddExternal(CustomerKey key, string column, string id)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(id);
        var folded = TextFolding.Key(id);
        if (Placeholders.IsNoCode(folded, id))
            return;
        if (!_external.TryGetValue((column, folded), out var customers))
            _external.Add((column, folded), customers = []);
        if (!customers.Contains(key))
            customers.Add(key);
    }

    /// <summary>Adds what one row says; rows of older uploads come first.</summary>
    /// <param name="values">In the order of <see cref="Fields"/>; null or empty where the row says nothing.</param>
    public void Add(CustomerKey key, ReadOnlySpan<string?> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Fields.Count, nameof(values));
        var row = new string?[values.Length];
        var any = false;
        for (var at = 0; at < row.Length; at++)
        {
            if (string.IsNullOrWhiteSpace(values[at]))
                continue;
            if (!_texts.TryGetValue(values[at]!, out row[at]))
                _texts.Add(values[at]!, row[at] = values[at]!);
            any = true;
        }

        if (!any || (_last.TryGetValue(key, out var last) && _values[last].AsSpan().SequenceEqual(row)))
            return;
        _last[key] = _keys.Count;
        _keys.Add(key);
        _values.Add(row);
    }

    /// <summary>The records of people: those with a name of one, or without the name of a company.</summary>
    internal IdentityRecords People() => Records(people: true);

    /// <summary>The records of companies.</summary>
    internal IdentityRecords Companies() => Records(people: false);

    private IdentityRecords Records(bool people)
    {
        var companies = _keys.Distinct().ToDictionary(key => key, _ => true);
        for (var row = 0; row < _keys.Count; row++)
            companies[_keys[row]] &= IsCompany(_values[row]);
        var rows = Enumerable.Range(0, _keys.Count).Where(row => companies[_keys[row]] != people).ToArray();
        var used = Enumerable.Range(0, Fields.Count).Where(field => rows.Any(row => _values[row][field] is not null)).ToArray();
        var builder = new RecordSetBuilder([.. used.Select(field => Fields[field])]);
        foreach (var row in rows)
            builder.Add(_keys[row].ToString(), [.. used.Select(field => _values[row][field])]);
        return new IdentityRecords(builder.Build(), [.. rows.Select(row => _keys[row])]);
    }

    private static bool IsCompany(string?[] values)
    {
        for (var at = 0; at < values.Length; at++)
        {
            if (values[at] is not null && Fields[at].Field is (IdentityField.GivenName or IdentityField.FamilyName or IdentityField.FullName or IdentityField.BirthDate or IdentityField.Gender))
                return false;
            if (values[at] is null && Fields[at].Field == IdentityField.Company)
                return false;
        }

        return true;
    }
}

/// <summary>Records ready to be compared, and whose they are.</summary>
/// <param name="Keys">For each row its customer; a customer may have several rows.</param>
internal sealed record IdentityRecords(RecordSet Set, IReadOnlyList<CustomerKey> Keys);
