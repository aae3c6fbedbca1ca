using System.Globalization;
using System.Text;

namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>Trees as other programs read them. Numbers are written so that they read back to the last bit.</summary>
internal static class DendrogramText
{
    /// <summary>Characters with a meaning in Newick, besides blanks.</summary>
    private static readonly System.Buffers.SearchValues<char> Signs = System.Buffers.SearchValues.Create(" \t\r\n()[]{}:;,'\"_");

    public static string Csv(Dendrogram tree)
    {
        var text = new StringBuilder("left,right,height,size\n");
        foreach (var merge in tree.Merges)
            text.Append(CultureInfo.InvariantCulture, $"{merge.Left},{merge.Right},{merge.Height},{merge.Size}\n");
        return text.ToString();
    }

    public static string Json(Dendrogram tree)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{{\"leaves\":{tree.Leaves},\"merges\":[");
        for (var i = 0; i < tree.Merges.Count; i++)
        {
            var merge = tree.Merges[i];
            text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{{\"left\":{merge.Left},\"right\":{merge.Right},\"height\":{merge.Height},\"size\":{merge.Size}}}");
        }

        return text.Append("]}").ToString();
    }

    public static string Newick(Dendrogram tree, IReadOnlyList<string>? names)
    {
        var text = new StringBuilder();
        // What is still to be written: a cluster and the height it hangs from, or a sign (null). Chains are deep; recursion would not do.
        var open = new Stack<(int Node, double From, string? Sign)>();
        var root = tree.Leaves + tree.Merges.Count - 1;
        open.Push((root, Height(tree, root), null));
        while (open.TryPop(out var next))
        {
            var (node, from, sign) = next;
            if (sign is not null)
            {
                text.Append(sign);
                continue;
            }

            var length = string.Create(CultureInfo.InvariantCulture, $":{from - Height(tree, node)}");
            if (node < tree.Leaves)
            {
                text.Append(names is null ? node.ToString(CultureInfo.InvariantCulture) : Quoted(names[node])).Append(length);
                continue;
            }

            var merge = tree.Merges[node - tree.Leaves];
            text.Append('(');
            open.Push((0, 0, ")" + (node == root ? "" : length)));
            open.Push((merge.Right, merge.Height, null));
            open.Push((0, 0, ","));
            open.Push((merge.Left, merge.Height, null));
        }

        return text.Append(';').ToString();
    }

    private static double Height(Dendrogram tree, int node) => node < tree.Leaves ? 0 : tree.Merges[node - tree.Leaves].Height;

    private static string Quoted(string name) => name.Length > 0 && name.AsSpan().IndexOfAny(Signs) < 0 ? name : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
}
