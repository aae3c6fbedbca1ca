namespace SegFunctions.Customers.Identity.Companies;

internal static class WordDistance
{
    public static int Between(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most) return most + 1;
        var w = b.Length + 1;
        Span<int> two = stackalloc int[w * 3];
        var prev2 = two[..w]; var prev = two.Slice(w, w); var cur = two[(2 * w)..];
        for (var j = 0; j < w; j++) prev[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            cur[0] = i; var least = i;
            for (var j = 1; j < w; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var v = Math.Min(Math.Min(prev[j] + 1, cur[j - 1] + 1), prev[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) v = Math.Min(v, prev2[j - 2] + 1);
                cur[j] = v; least = Math.Min(least, v);
            }
            if (least > most) return most + 1;
            var t = prev2; prev2 = prev; prev = cur; cur = t;
        }
        return prev[b.Length];
    }
}
