using System.Globalization;
using SegFunctions.Cli.Churn;
using SegFunctions.Customers.Identity;
using SegFunctions.Customers.Identity.Records;
using SegFunctions.Customers.Intake.Tables;

namespace SegFunctions.Cli.Dedupe;

/// <summary>Tells what a new result would merge and split.</summary>
internal static class EarlierClusters
{
    /// <summary>What other settings would change.</summary>
    /// <param name="path">A file of <see cref="DedupeSettings"/>.</param>
    public static async Task<ClusterChanges> CompareSettingsAsync(string path, RecordSet records, IdentityOptions current, int[] clusters, CancellationToken cancellationToken)
    {
        var options = await DedupeSettings.ReadAsync(path, current, cancellationToken);
        var changed = await Task.Run(() => IdentityIndex.Build(records, options, cancellationToken: cancellationToken).Link(cancellationToken: cancellationToken), cancellationToken);
        var rows = Enumerable.Range(0, records.Rows).Select(row => row.ToString(CultureInfo.InvariantCulture)).ToArray();
        return Changes(Path.GetFileName(path), "settings", rows.Zip(clusters).ToDictionary(one => one.First, one => one.Second, StringComparer.Ordinal), rows, changed.Clusters);
    }

    /// <param name="path">A file <c>id,cluster,…</c> as <c>dedupe --out</c> writes it.</param>
    public static async Task<ClusterChanges> CompareAsync(string path, IReadOnlyList<string> ids, int[] clusters, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new CommandFailedException($"The file '{path}' of --compare does not exist.");
        var file = await TableFile.ReadAsync(path, new TableFileOptions { Texts = ["id", "cluster"] }, cancellationToken);
        var idColumn = NamedColumn.Require(file, "--compare", "id", name);
        var clusterColumn = NamedColumn.Require(file, "--compare", "cluster", name);
        var before = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < file.Rows; row++)
        {
            if (idColumn.Codes[row] >= 0)
                before[idColumn.Levels[idColumn.Codes[row]].Trim()] = clusterColumn.Codes[row];
        }

        return Changes(name, "result", before, ids, clusters);
    }

    internal static ClusterChanges Changes(string file, string of, Dictionary<string, int> before, IReadOnlyList<string> ids, int[] clusters)
    {
        // Records in both, by cluster before and now.
        var together = new Dictionary<(int Before, int Now), int>();
        var sizesBefore = new Dictionary<int, int>();
        var sizesNow = new Dictionary<int, int>();
        var onlyNow = 0;
        for (var row = 0; row < ids.Count; row++)
        {
            if (!before.TryGetValue(ids[row], out var was))
            {
                onlyNow++;
                continue;
            }

            Count(together, (was, clusters[row]));
            Count(sizesBefore, was);
            Count(sizesNow, clusters[row]);
        }

        var moved = together.Where(pair => sizesBefore[pair.Key.Before] != pair.Value || sizesNow[pair.Key.Now] != pair.Value).Sum(pair => pair.Value);
        return new ClusterChanges(
            file,
            of,
            together.Keys.GroupBy(pair => pair.Now).Count(group => group.Count() > 1),
            together.Keys.GroupBy(pair => pair.Before).Count(group => group.Count() > 1),
            moved,
            before.Keys.Except(ids, StringComparer.Ordinal).Count(),
            onlyNow);

        static void Count<T>(Dictionary<T, int> counts, T key)
            where T : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
    }
}
