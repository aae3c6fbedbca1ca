namespace SegFunctions.Customers.Intake.Mapping;

/// <summary>Which columns that no field claims are kept. Fields always are; what may not be stored never is.</summary>
public sealed record KeepPolicy
{
    private readonly IReadOnlyList<string>? _named;

    private KeepPolicy(IReadOnlyList<string>? named) => _named = named;

    /// <summary>Every column: segments are found in whatever the file tells of its customers.</summary>
    public static KeepPolicy All { get; } = new(named: null);

    /// <summary>Columns that a field claims, and no others.</summary>
    public static KeepPolicy Mapped { get; } = new([]);

    /// <summary>Columns that a field claims, and these.</summary>
    /// <param name="headers">Headers or 1-based positions.</param>
    public static KeepPolicy Named(IReadOnlyList<string> headers) => new(headers);

    /// <summary>Headers or positions that are kept beside the fields; null: all are.</summary>
    public IReadOnlyList<string>? Headers => _named;

    /// <summary>Whether a column is kept.</summary>
    /// <param name="isNamed">Whether a name means the column.</param>
    public bool Keeps(Predicate<string> isNamed) => _named is null || _named.Any(name => isNamed(name));
}
