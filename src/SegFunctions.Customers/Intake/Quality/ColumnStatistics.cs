using System.Buffers.Text;
using SegFunctions.Customers.Intake.Sensitive;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>What is counted of one column. Merging is commutative: how rows were spread over counters changes nothing.</summary>
internal sealed class ColumnStatistics
{
    private readonly SeenNumbers _seen = new();
    private long _earliest = long.MaxValue;
    private long _latest = long.MinValue;

    public long Values { get; private set; }

    public DistinctCounter Distinct { get; } = new();

    public CategoryCounter Categories { get; } = new();

    /// <summary>What the values look like, where somebody watches: columns that no field claims.</summary>
    public SensitiveEvidence Evidence { get; } = new();

    /// <summary>How the numbers are spread; null where there are none.</summary>
    public NumberSketch? Numbers { get; private set; }

    public decimal? Smallest => Numbers is { Smallest: [var smallest, ..] } ? smallest.Value : null;

    public decimal? Largest => Numbers is { Largest: [var largest, ..] } ? largest.Value : null;

    /// <summary>The numbers are too long for figures of something: they may be those by which a person is called or known.</summary>
    public bool MayName => Largest >= 10_000_000 || Smallest <= -10_000_000;

    public long? Earliest => _earliest <= _latest ? _earliest : null;

    public long? Latest => _earliest <= _latest ? _latest : null;

    /// <summary>Counts a value as it was sent.</summary>
    /// <returns>The word that it is, in a column of few words; else null.</returns>
    public CountedWord? AddValue(ReadOnlySpan<byte> value)
    {
        Values++;
        if (Categories.AddKnown(value) is { } known)
            return known;
        var hash = ByteHash.Hash64(value);
        Distinct.Add(hash);
        return Categories.HasMany ? null : Categories.Add(value, hash);
    }

    /// <summary>Counts a number as it was sent.</summary>
    /// <param name="number">What <paramref name="value"/> says.</param>
    public void AddValue(ReadOnlySpan<byte> value, in PlainNumber number)
    {
        if (!Categories.HasMany)
        {
            AddValue(value);
            return;
        }

        Values++;
        if (_seen.Has(number))
            return;
        _seen.Add(number);
        Distinct.Add(ByteHash.Hash64(value));
    }

    /// <summary>Counts a value and looks whether it is something that should not be stored.</summary>
    public void AddWatchedValue(ReadOnlySpan<byte> value)
    {
        AddValue(value);
        Evidence.See(value);
    }

    /// <summary>Counts a number that was read.</summary>
    /// <param name="line">1-based line of its row.</param>
    public void AddNumber(decimal number, long line)
    {
        Numbers ??= new NumberSketch();
        Numbers.Add(number, line);
    }

    /// <summary>Counts a number that was read.</summary>
    public void AddNumber(in PlainNumber number, long line)
    {
        Numbers ??= new NumberSketch();
        Numbers.Add(number, line);
    }

    /// <summary>Counts a number by its canonical text; nothing where there is none.</summary>
    public void AddNumber(ReadOnlySpan<byte> canonical, long line)
    {
        if (Utf8Parser.TryParse(canonical, out decimal number, out var used) && used == canonical.Length)
            AddNumber(number, line);
    }

    public void AddTime(long ticks)
    {
        _earliest = Math.Min(_earliest, ticks);
        _latest = Math.Max(_latest, ticks);
    }

    public void Merge(ColumnStatistics other)
    {
        Values += other.Values;
        Distinct.Merge(other.Distinct);
        Categories.Merge(other.Categories);
        Evidence.Merge(other.Evidence);
        if (other.Numbers is { } numbers)
        {
            Numbers ??= new NumberSketch();
            Numbers.Merge(numbers);
        }

        _earliest = Math.Min(_earliest, other._earliest);
        _latest = Math.Max(_latest, other._latest);
    }
}
