using System.Text.Json.Nodes;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Clustering;

/// <summary>Small groups within main segments. Immutable; numbered from 0 by main segment, within it by falling size, ties by the first member.</summary>
public sealed class MicroSegmentModel
{
    private const string Kind = "micro";
    private const int Version = 1;

    private MicroSegmentModel(Matrix centroids, int mainSegments, int[] mainOf, int[] sizes, int smallestSize, int[] labels, Bilingual? note)
    {
        Centroids = centroids;
        MainSegments = mainSegments;
        MainOf = mainOf;
        Sizes = sizes;
        SmallestSize = smallestSize;
        Labels = labels;
        Note = note;
    }

    /// <summary>Columns of the training rows.</summary>
    public int Columns => Centroids.Columns;

    /// <summary>How many micro-segments there are; 0 when no row has a main segment.</summary>
    public int Count => Sizes.Count;

    /// <summary>How many main segments they lie in.</summary>
    public int MainSegments { get; }

    /// <summary>The main segment of every micro-segment, ascending.</summary>
    public IReadOnlyList<int> MainOf { get; }

    /// <summary>Training rows of every micro-segment.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>What every micro-segment holds at the least, the whole of a smaller main segment excepted.</summary>
    public int SmallestSize { get; }

    /// <summary>Shape (micro-segments × columns): the mean of each one's training rows, as near as k-means comes to it.</summary>
    public Matrix Centroids { get; }

    /// <summary>The micro-segment of every training row, in row order; −1 for a row without a main segment. Empty for a loaded model.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>What a reader must know of the number found: that it is less than wanted, or that some main segments were too small to cut; null when there is nothing to say.</summary>
    public Bilingual? Note { get; }

    /// <summary>
    /// Of every row's main segment the nearest micro-segment, the lower number among equally near ones; −1 for a row of no main
    /// segment, or of one that had no training rows. Training rows with their main labels get their <see cref="Labels"/>.
    /// </summary>
    /// <param name="rows">Shape (rows × columns).</param>
    /// <param name="mainLabels">The main segment of every row, or −1.</param>
    /// <exception cref="ArgumentException">Another number of columns than at the fit, a value that is not finite (row and column named), or labels that do not fit (row named).</exception>
    public int[] Predict(Matrix rows, IReadOnlyList<int> mainLabels, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(mainLabels);
        rows.RequireColumns(Columns, nameof(rows));
        rows.RequireFinite(nameof(rows));
        var main = Clustering.MainSegments.Of(rows, mainLabels, MainSegments);
        var labels = new int[rows.Rows];
        Array.Fill(labels, IClusterModel.Noise);
        using var team = new ChunkTeam((long)rows.Rows * Columns < 1 << 14 ? 1 : threads, cancellationToken);
        for (var first = 0; first < Count;)
        {
            var segment = MainOf[first];
            var end = first + 1;
            while (end < Count && MainOf[end] == segment)
                end++;
            var members = main.Members(segment);
            if (members.Length > 0)
            {
                var nearest = new int[members.Length];
                new FinalAssignment(rows.Take(members), Centroids.Take([.. Enumerable.Range(first, end - first)]), nearest).Run(team);
                for (var i = 0; i < members.Length; i++)
                    labels[members[i]] = first + nearest[i];
            }

            first = end;
        }

        return labels;
    }

    /// <summary>Writes what prediction needs. The stream stays open.</summary>
    public void Save(Stream stream)
    {
        var fields = new JsonObject
        {
            ["columns"] = Columns,
            ["mainSegments"] = MainSegments,
            ["smallestSize"] = SmallestSize,
            ["mainOf"] = new JsonArray([.. MainOf.Select(segment => (JsonNode)segment)]),
            ["sizes"] = new JsonArray([.. Sizes.Select(size => (JsonNode)size)]),
            ["note"] = Note is null ? new JsonArray() : new JsonArray(Note.En, Note.Fr),
        };
        ModelFile.Write(stream, Kind, Version, fields, ("centroids", Centroids.Array));
    }

    /// <exception cref="InvalidDataException">The stream holds no micro-segments, a newer version, or a damaged one.</exception>
    public static MicroSegmentModel Load(Stream stream)
    {
        var file = ModelFile.Read(stream, Kind, Version);
        var columns = file.Field<int>("columns");
        var mainSegments = file.Field<int>("mainSegments");
        var mainOf = file.Integers("mainOf");
        var sizes = file.Integers("sizes");
        if (columns < 1 || mainSegments < 0 || sizes.Length != mainOf.Length || (long)sizes.Length * columns > int.MaxValue)
            throw new InvalidDataException($"The stored micro-segments claim {columns} columns, {mainSegments} main segments, {mainOf.Length} places and {sizes.Length} sizes; they are damaged.");
        for (var i = 0; i < mainOf.Length; i++)
        {
            if (mainOf[i] < (i == 0 ? 0 : mainOf[i - 1]) || mainOf[i] >= mainSegments)
                throw new InvalidDataException($"The stored micro-segment {i} claims the main segment {mainOf[i]} of {mainSegments}, or stands out of order; they are damaged.");
        }

        var note = file.List("note");
        Bilingual? said = null;
        if (note.Count > 0)
        {
            if (note is not [JsonValue english, JsonValue french] || !english.TryGetValue<string>(out var first) || !french.TryGetValue<string>(out var second))
                throw new InvalidDataException("The note of the stored micro-segments is not a pair of texts; they are damaged.");
            said = new Bilingual(first, second);
        }

        return new MicroSegmentModel(new Matrix(sizes.Length, columns, file.Array("centroids", sizes.Length * columns)), mainSegments, mainOf, sizes, file.Field<int>("smallestSize"), [], said);
    }

    internal static MicroSegmentModel Of(Matrix rows, MainSegments main, KMeansModel?[] cut, int smallestSize, Bilingual? note)
    {
        var labels = new int[rows.Rows];
        Array.Fill(labels, IClusterModel.Noise);
        var centroids = new List<double>();
        var mainOf = new List<int>();
        var sizes = new List<int>();
        for (var segment = 0; segment < main.Count; segment++)
        {
            if (cut[segment] is not { } groups)
                continue;
            var members = main.Members(segment);
            for (var i = 0; i < members.Length; i++)
                labels[members[i]] = mainOf.Count + groups.Labels[i];
            centroids.AddRange(groups.Centroids.Values);
            mainOf.AddRange(Enumerable.Repeat(segment, groups.Clusters));
            sizes.AddRange(groups.Sizes);
        }

        return new MicroSegmentModel(new Matrix(sizes.Count, rows.Columns, [.. centroids]), main.Count, [.. mainOf], [.. sizes], smallestSize, labels, note);
    }
}
