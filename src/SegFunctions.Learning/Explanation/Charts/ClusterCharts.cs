namespace SegFunctions.Learning.Explanation.Charts;

/// <summary>Pictures of a clustering as SVG for reports: each a single line of XML that needs nothing else, with a title and a description that say the same.</summary>
public static class ClusterCharts
{
    /// <summary>How many rows each cluster has: a bar each.</summary>
    public static string Sizes(ClusterExplanation explanation, Language language)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return SizeChart.Draw(explanation, language);
    }

    /// <summary>
    /// Rows by their first two principal components: a mark each, of at most 2,000 rows drawn evenly from every cluster, and the
    /// number of each cluster at the middle of its marks.
    /// </summary>
    /// <param name="rows">The rows as they were clustered, shape (n × d).</param>
    /// <param name="labels">One a row; −1 for noise.</param>
    /// <exception cref="ArgumentException">Labels that do not fit rows or explanation, or a value that is not finite (row and column named).</exception>
    public static string Projection(Matrix rows, IReadOnlyList<int> labels, ClusterExplanation explanation, Language language)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(explanation);
        rows.RequireFinite(nameof(rows));
        var members = ClusterMembers.Of(labels, rows.Rows);
        if (members.Clusters != explanation.Clusters.Count)
            throw new ArgumentException($"The labels name {members.Clusters} clusters, the explanation {explanation.Clusters.Count}; give those that were explained.", nameof(labels));
        return ProjectionChart.Draw(rows, members, explanation, language);
    }

    /// <summary>How far each cluster stands from the others in the columns of numbers that differ most, at most twelve: coloured cells with their figures.</summary>
    public static string HeatMap(ClusterExplanation explanation, Language language)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return HeatMapChart.Draw(explanation, language);
    }
}
