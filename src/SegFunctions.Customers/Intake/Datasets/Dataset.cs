using SegFunctions.Customers.Intake.Rows;

namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>A kind of file that intake understands, with its fields.</summary>
public sealed class Dataset
{
    private readonly Dictionary<string, int> _index;

    internal Dataset(string name, string meaning, IReadOnlyList<DatasetField> fields, RowRules rules, params string[] identity)
    {
        Name = name;
        Meaning = meaning;
        Fields = fields;
        Rules = rules;
        Identity = identity;
        _index = fields.Select((field, index) => (field.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
    }

    /// <summary>As <c>--dataset</c>, folders and <c>mapping.json</c> call it.</summary>
    public string Name { get; }

    /// <summary>What a row of it says, in one line.</summary>
    public string Meaning { get; }

    public IReadOnlyList<DatasetField> Fields { get; }

    /// <summary>
    /// Fields that, when all are given, make a row the newer version of an earlier row with the same values in them (and of the
    /// same customer). Empty: rows are never replaced, only equal rows are dropped.
    /// </summary>
    public IReadOnlyList<string> Identity { get; }

    /// <summary>Has sealed identifiers beside its canonical rows.</summary>
    public bool HasIdentifiers => Fields.Any(known => known.Identifier);

    internal RowRules Rules { get; }

    /// <summary>Position of a field by its name, or −1.</summary>
    public int IndexOf(string field) => _index.GetValueOrDefault(field, -1);

    /// <summary>The field of that name.</summary>
    /// <exception cref="KeyNotFoundException">The dataset has no such field.</exception>
    public DatasetField Field(string name) => Fields[_index[name]];

    public override string ToString() => Name;
}
