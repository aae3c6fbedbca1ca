using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace SegFunctions.Learning.Boosting.Binning;

/// <summary>
/// Finds the bins of every column. A numeric column of few distinct values gets one bin each, with borders half way between; one of
/// many gets bins of equal weight, where a value that outweighs a bin keeps one to itself (LightGBM's greedy rule, Ke et al. 2017).
/// </summary>
/// <remarks>
/// A column of more distinct values than bins is cut by a sample of 65,536 evenly spaced rows: the rank of a border is then off by less
/// than half a bin, and sorting does not grow with the table.
/// </remarks>
internal sealed class BinBorders(Matrix rows, double[]? weights, BoostingOptions options) : IChunkWork, IDisposable
{
    private const int SampleRows = 1 << 16;

    private const int TableBits = 10;

    private readonly bool[] _categorical = Marked(options.Categorical, rows.Columns);

    // One a thread: room for a sample, twice.
    private readonly ConcurrentStack<nint> _scratch = [];

    /// <summary>One a column, once every column has run as a chunk.</summary>
    public ColumnBins[] Columns { get; } = new ColumnBins[rows.Columns];

    public static ColumnBins[] Of(Matrix rows, double[]? weights, BoostingOptions options, ChunkTeam team)
    {
        using var borders = new BinBorders(rows, weights, options);
        team.Run(borders, rows.Columns);
        return borders.Columns;
    }

    public unsafe void Dispose()
    {
        while (_scratch.TryPop(out var memory))
            NativeMemory.Free((void*)memory);
    }

    public void Run(int column) => Columns[column] = _categorical[column] ? OfCodes(column) : OfFew(column) ?? OfMany(column);

    private static bool[] Marked(IReadOnlyList<int> columns, int count)
    {
        var marked = new bool[count];
        foreach (var column in columns)
            marked[column] = true;
        return marked;
    }

    /// <summary>A bin for each distinct value; null when there are more than bins.</summary>
    private ColumnBins? OfFew(int column)
    {
        // A table of the values so far, several times as large as they may be; NaN is a free place.
        Span<double> table = stackalloc double[1 << TableBits];
        table.Fill(double.NaN);
        var distinct = 0;
        for (var row = 0; row < rows.Rows; row++)
        {
            var value = rows.Array[(row * rows.Columns) + column];
            if (double.IsNaN(value) || WeightOf(row) == 0)
                continue;
            // 0 added makes −0 the same as 0.
            var place = (int)((BitConverter.DoubleToUInt64Bits(value + 0.0) * 0x9E37_79B9_7F4A_7C15) >> (64 - TableBits));
            while (table[place] != value && !double.IsNaN(table[place]))
                place = (place + 1) & (table.Length - 1);
            if (table[place] == value)
                continue;
            if (++distinct > options.MaxBins)
                return null;
            table[place] = value;
        }

        var values = new double[distinct];
        foreach (var value in table)
        {
            if (!double.IsNaN(value))
                values[--distinct] = value;
        }

        Array.Sort(values);
        var borders = new double[Math.Max(0, values.Length - 1)];
        for (var i = 0; i < borders.Length; i++)
            borders[i] = Between(values[i], values[i + 1]);
        return ColumnBins.Numeric(borders, values.Length);
    }

    private unsafe ColumnBins OfMany(int column)
    {
        var sampled = Math.Min(rows.Rows, SampleRows);
        // Outside the collected heap: given back as a whole before the table of bins is made.
        if (!_scratch.TryPop(out var scratch))
            scratch = (nint)NativeMemory.Alloc((nuint)(2 * sampled), sizeof(double));
        var memory = (double*)scratch;
        var bins = OfSample(column, new Span<double>(memory, sampled), new Span<double>(memory + sampled, sampled));
        _scratch.Push(scratch);
        return bins;
    }

    private ColumnBins OfSample(int column, Span<double> values, Span<double> mass)
    {
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var row = (int)((long)i * rows.Rows / values.Length);
            var value = rows.Array[(row * rows.Columns) + column];
            if (double.IsNaN(value) || WeightOf(row) == 0)
                continue;
            values[count] = value;
            mass[count++] = WeightOf(row);
        }

        if (weights is null)
        {
            RadixSort.Sort(values[..count], mass);
            mass[..count].Fill(1);
        }
        else
        {
            values[..count].Sort(mass[..count]);
        }

        var distinct = Merge(values, mass, count);
        var borders = Cut(values[..distinct], mass[..distinct]);
        return ColumnBins.Numeric(borders, borders.Length + 1);
    }

    private double WeightOf(int row) => weights is null ? 1 : weights[row];

    /// <summary>Joins equal neighbours and adds their weights; returns how many values are left.</summary>
    private static int Merge(Span<double> values, Span<double> mass, int count)
    {
        if (count == 0)
            return 0;
        var last = 0;
        for (var i = 1; i < count; i++)
        {
            if (values[i] == values[last])
            {
                mass[last] += mass[i];
                continue;
            }

            values[++last] = values[i];
            mass[last] = mass[i];
        }

        return last + 1;
    }

    private double[] Cut(ReadOnlySpan<double> values, ReadOnlySpan<double> mass)
    {
        var borders = new List<double>(options.MaxBins - 1);
        var bins = options.MaxBins;
        if (values.Length <= bins)
        {
            for (var i = 1; i < values.Length; i++)
                borders.Add(Between(values[i - 1], values[i]));
            return [.. borders];
        }

        var rest = 0.0;
        foreach (var one in mass)
            rest += one;
        var share = rest / bins;
        var free = bins;
        foreach (var one in mass)
        {
            if (one >= share)
            {
                rest -= one;
                free--;
            }
        }

        var light = free > 0 ? rest / free : double.PositiveInfinity;
        var filled = 0.0;
        for (var i = 0; i < values.Length - 1 && borders.Count < bins - 1; i++)
        {
            filled += mass[i];
            var alone = mass[i] >= share;
            if (!alone && filled < light * (1 - 1e-12) && mass[i + 1] < share)
                continue;
            borders.Add(Between(values[i], values[i + 1]));
            if (!alone && free > 1)
            {
                rest -= filled;
                free--;
                light = rest / free;
            }

            filled = 0;
        }

        return [.. borders];
    }

    private ColumnBins OfCodes(int column)
    {
        var mass = new List<double>();
        for (var row = 0; row < rows.Rows; row++)
        {
            var value = rows.Array[(row * rows.Columns) + column];
            if (double.IsNaN(value) || WeightOf(row) == 0)
                continue;
            if (value > Categories.GreatestCode)
                throw new ArgumentException($"Row {row}, column {column} (both counted from 0) holds the category {value}; codes go up to {Categories.GreatestCode}. Number the categories that occur from 0.", "features");
            var code = (int)value;
            if (code >= mass.Count)
                CollectionsMarshal.SetCount(mass, code + 1);
            CollectionsMarshal.AsSpan(mass)[code] += WeightOf(row);
        }

        var most = Math.Min(options.MaxBins, ColumnBins.Most - 1);
        var used = Enumerable.Range(0, mass.Count).Where(code => mass[code] > 0).ToArray();
        var own = used;
        if (used.Length > most)
            own = [.. used.OrderByDescending(code => mass[code]).ThenBy(code => code).Take(most - 1).Order()];
        var binOfCode = new int[mass.Count];
        Array.Fill(binOfCode, -1);
        foreach (var code in used)
            binOfCode[code] = own.Length;
        for (var bin = 0; bin < own.Length; bin++)
            binOfCode[own[bin]] = bin;
        return ColumnBins.Categorical(binOfCode, used.Length > most ? most : used.Length);
    }

    /// <summary>A number of the lower value or above it, and below the upper one.</summary>
    private static double Between(double lower, double upper)
    {
        var middle = (lower / 2) + (upper / 2);
        return middle >= lower && middle < upper ? middle : lower;
    }
}
