namespace SegFunctions.Learning.Tests.Clustering;

/// <summary>Lloyd's algorithm as a textbook writes it: the reference for the fast one. Empty clusters keep their centre.</summary>
internal static class PlainKMeans
{
    public static (int[] Labels, double Inertia) Run(Matrix rows, Matrix start, int passes)
    {
        var centroids = start.Values.ToArray();
        for (var pass = 0; pass < passes; pass++)
        {
            var (labels, _) = Assign(rows, centroids);
            for (var cluster = 0; cluster < start.Rows; cluster++)
            {
                var members = Enumerable.Range(0, rows.Rows).Where(row => labels[row] == cluster).ToArray();
                if (members.Length == 0)
                    continue;
                for (var column = 0; column < rows.Columns; column++)
                    centroids[(cluster * rows.Columns) + column] = members.Average(row => rows[row, column]);
            }
        }

        return Assign(rows, centroids);
    }

    public static (int[] Labels, double Inertia) Assign(Matrix rows, ReadOnlySpan<double> centroids)
    {
        var labels = new int[rows.Rows];
        var inertia = 0.0;
        for (var row = 0; row < rows.Rows; row++)
        {
            var least = double.PositiveInfinity;
            for (var cluster = 0; cluster < centroids.Length / rows.Columns; cluster++)
            {
                var distance = 0.0;
                for (var column = 0; column < rows.Columns; column++)
                {
                    var difference = rows[row, column] - centroids[(cluster * rows.Columns) + column];
                    distance += difference * difference;
                }

                if (distance < least)
                    (least, labels[row]) = (distance, cluster);
            }

            inertia += least;
        }

        return (labels, inertia);
    }
}
