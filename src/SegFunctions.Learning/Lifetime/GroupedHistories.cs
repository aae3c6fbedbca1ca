using System.Runtime.InteropServices;

namespace SegFunctions.Learning.Lifetime;

/// <summary>Customers of one number of repeat orders, next to each other.</summary>
internal readonly record struct RepeatRun(int Repeats, int Start, int End);

/// <summary>
/// Histories ordered by x, equal ones joined with a weight: what depends on x alone is then worked out once for a run, and data by
/// the day or week shrinks to its distinct histories.
/// </summary>
internal sealed class GroupedHistories
{
    // Looking for equals costs more than it saves where a sample shows hardly any.
    private const int SampleSize = 1024;

    private GroupedHistories(double[] recency, double[] age, double[] weight, RepeatRun[] runs, double customers)
    {
        Recency = recency;
        Age = age;
        Weight = weight;
        Runs = runs;
        Customers = customers;
    }

    public double[] Recency { get; }

    public double[] Age { get; }

    /// <summary>Customers of each history.</summary>
    public double[] Weight { get; }

    /// <summary>By rising x.</summary>
    public RepeatRun[] Runs { get; }

    /// <summary>Customers in all.</summary>
    public double Customers { get; }

    /// <summary>Distinct histories.</summary>
    public int Count => Runs[^1].End;

    public static GroupedHistories Of(PurchaseHistories histories)
    {
        var repeats = histories.Repeats;
        var (distinct, slots) = Slots(repeats);
        var starts = new int[distinct.Length + 1];
        foreach (var slot in slots)
            starts[slot + 1]++;
        for (var slot = 0; slot < distinct.Length; slot++)
            starts[slot + 1] += starts[slot];
        var recency = new double[repeats.Length];
        var age = new double[repeats.Length];
        var next = starts[..^1].ToArray();
        for (var i = 0; i < slots.Length; i++)
        {
            var at = next[slots[i]]++;
            recency[at] = histories.Recency[i];
            age[at] = histories.Age[i];
        }

        var weight = new double[repeats.Length];
        var runs = new RepeatRun[distinct.Length];
        var filled = 0;
        for (var slot = 0; slot < runs.Length; slot++)
        {
            var from = filled;
            filled = Join(recency, age, weight, starts[slot], starts[slot + 1], filled);
            runs[slot] = new RepeatRun(distinct[slot], from, filled);
        }

        return new GroupedHistories(recency, age, weight, runs, repeats.Length);
    }

    /// <summary>About <paramref name="wanted"/> of the distinct histories, evenly over x; this itself when there are no more.</summary>
    public GroupedHistories Thinned(int wanted)
    {
        var step = Count / wanted;
        if (step < 2)
            return this;
        var rows = (Count + step - 1) / step;
        var (recency, age, weight) = (new double[rows], new double[rows], new double[rows]);
        var runs = new List<RepeatRun>();
        var filled = 0;
        var customers = 0.0;
        foreach (var run in Runs)
        {
            var from = filled;
            for (var row = (run.Start + step - 1) / step * step; row < run.End; row += step)
            {
                recency[filled] = Recency[row];
                age[filled] = Age[row];
                weight[filled] = Weight[row];
                customers += Weight[row];
                filled++;
            }

            if (filled > from)
                runs.Add(new RepeatRun(run.Repeats, from, filled));
        }

        return new GroupedHistories(recency, age, weight, [.. runs], customers);
    }

    /// <summary>Σ over customers of a figure of each history.</summary>
    public double Total(Func<PurchaseHistory, double> figure)
    {
        var total = 0.0;
        foreach (var run in Runs)
        {
            for (var row = run.Start; row < run.End; row++)
                total += Weight[row] * figure(new PurchaseHistory(run.Repeats, Recency[row], Age[row]));
        }

        return total;
    }

    /// <summary>The distinct numbers of repeat orders, rising, and which of them each customer has.</summary>
    private static (int[] Distinct, int[] Slots) Slots(ReadOnlySpan<int> repeats)
    {
        // Small numbers by a table, the few others by a dictionary.
        const int Small = 4096;
        var seen = new bool[Small];
        var large = new SortedDictionary<int, int>();
        foreach (var x in repeats)
        {
            if (x < Small)
                seen[x] = true;
            else
                large[x] = 0;
        }

        var distinct = new List<int>();
        var table = new int[Small];
        for (var x = 0; x < Small; x++)
        {
            table[x] = distinct.Count;
            if (seen[x])
                distinct.Add(x);
        }

        var lookup = new Dictionary<int, int>();
        foreach (var x in large.Keys)
        {
            lookup[x] = distinct.Count;
            distinct.Add(x);
        }

        var slots = new int[repeats.Length];
        for (var i = 0; i < slots.Length; i++)
            slots[i] = repeats[i] < Small ? table[repeats[i]] : lookup[repeats[i]];
        return ([.. distinct], slots);
    }

    /// <summary>Moves the rows start..end down to <paramref name="to"/>, equal ones once with their number; returns where they now end.</summary>
    private static int Join(double[] recency, double[] age, double[] weight, int start, int end, int to)
    {
        if (!HasMany(recency, age, start, end))
        {
            recency.AsSpan(start, end - start).CopyTo(recency.AsSpan(to));
            age.AsSpan(start, end - start).CopyTo(age.AsSpan(to));
            weight.AsSpan(to, end - start).Fill(1);
            return to + end - start;
        }

        var known = new Dictionary<(double, double), int>();
        for (var row = start; row < end; row++)
        {
            ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(known, (recency[row], age[row]), out var exists);
            if (!exists)
            {
                at = to++;
                recency[at] = recency[row];
                age[at] = age[row];
                weight[at] = 0;
            }

            weight[at]++;
        }

        return to;
    }

    private static bool HasMany(double[] recency, double[] age, int start, int end)
    {
        var sample = Math.Min(SampleSize, end - start);
        var known = new HashSet<(double, double)>();
        for (var i = 0; i < sample; i++)
            known.Add((recency[start + i], age[start + i]));
        return known.Count < 0.9 * sample;
    }
}
