namespace SegFunctions.Customers.Tests.Identity.Strings;

/// <summary>The definitions, written down as they stand in the papers.</summary>
internal static class PlainDistances
{
    public static double JaroWinkler(string left, string right)
    {
        var jaro = Jaro(left, right);
        var prefix = 0;
        while (prefix < Math.Min(4, Math.Min(left.Length, right.Length)) && left[prefix] == right[prefix])
            prefix++;
        return jaro + (prefix * 0.1 * (1 - jaro));
    }

    public static int Alignment(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var best = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    best = Math.Min(best, table[i - 2, j - 2] + 1);
                table[i, j] = best;
            }
        }

        return table[left.Length, right.Length];
    }

    private static double Jaro(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
            return left.Length == right.Length ? 1 : 0;
        var reach = Math.Max(0, (Math.Max(left.Length, right.Length) / 2) - 1);
        var taken = new bool[left.Length];
        var matched = new List<char>();
        for (var j = 0; j < right.Length; j++)
        {
            for (var i = Math.Max(0, j - reach); i <= Math.Min(left.Length - 1, j + reach); i++)
            {
                if (taken[i] || left[i] != right[j])
                    continue;
                taken[i] = true;
                matched.Add(right[j]);
                break;
            }
        }

        if (matched.Count == 0)
            return 0;
        var others = Enumerable.Range(0, left.Length).Where(i => taken[i]).Select(i => left[i]).ToList();
        var displaced = matched.Where((letter, at) => letter != others[at]).Count();
        double m = matched.Count;
        return ((m / left.Length) + (m / right.Length) + ((m - (displaced / 2)) / m)) / 3;
    }
}
