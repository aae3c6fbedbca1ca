namespace SegFunctions.Customers.Identity.Companies;

/// <summary>The distinct names of a column, numbered as they come, and what pairs of them say in bits.</summary>
/// <remarks>Names can be added after learning; they are then compared by the same model. Reading is safe for several threads, adding is not.</remarks>
public sealed class CompanyColumn
{
    private static readonly double BitsPerNat = 1 / Math.Log(2);

    private readonly List<CompanyName> _names = [];
    private readonly List<CompanyProfile> _profiles = [];
    private readonly List<IReadOnlyList<ulong>> _keys = [];
    private CompanyModel? _model;

    /// <summary>Distinct names.</summary>
    public int Count => _names.Count;

    /// <summary>What pairs are compared by.</summary>
    /// <exception cref="InvalidOperationException">Neither learned nor taken yet.</exception>
    public CompanyModel Model => _model ?? throw new InvalidOperationException("The names have no model yet. Call Learn or Take first.");

    /// <summary>Adds a name with the next number.</summary>
    public void Add(string text)
    {
        _names.Add(CompanyName.Parse(text));
        if (_model is not null)
            Prepare();
    }

    /// <summary>Learns from the names present.</summary>
    /// <param name="rows">For each name the number of rows that hold it.</param>
    public CompanyModel Learn(ReadOnlySpan<int> rows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, Count, nameof(rows));
        var all = new List<CompanyName>(Count);
        for (var name = 0; name < Count; name++)
        {
            for (var row = 0; row < rows[name]; row++)
                all.Add(_names[name]);
        }

        Take(CompanyModel.Learn(all, cancellationToken));
        return Model;
    }

    /// <summary>Compares by a model learned earlier.</summary>
    public void Take(CompanyModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _profiles.Clear();
        _keys.Clear();
        Prepare();
    }

    /// <summary>What two names say about being one company.</summary>
    public CompanyEvidence Compare(int left, int right) => Model.Compare(_profiles[left], _profiles[right]);

    /// <summary>Log₂ of how much likelier two names are when they are one company.</summary>
    public double Bits(int left, int right) => Compare(left, right).Weight * BitsPerNat;

    /// <summary>Keys that names of one company share.</summary>
    public IReadOnlyList<ulong> Keys(int name) => _keys[name];

    private void Prepare()
    {
        for (var name = _profiles.Count; name < Count; name++)
        {
            _profiles.Add(Model.Profile(_names[name]));
            _keys.Add(CompanyModel.Keys(_profiles[name]));
        }
    }
}
