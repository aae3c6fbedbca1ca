namespace SegFunctions.Learning.Boosting;

/// <summary>What a column of category codes may hold.</summary>
internal static class Categories
{
    /// <summary>Codes are 0 to this.</summary>
    public const int GreatestCode = 65_534;

    /// <summary>Refuses a categorical value that is neither a whole number of 0 or more nor missing. A code that is merely unknown is none of that.</summary>
    public static void Require(Matrix rows, ReadOnlySpan<int> categoryCounts, string parameter)
    {
        for (var column = 0; column < categoryCounts.Length; column++)
        {
            if (categoryCounts[column] == 0)
                continue;
            for (var row = 0; row < rows.Rows; row++)
            {
                var value = rows.Array[(row * rows.Columns) + column];
                if (value < 0 || value != Math.Floor(value) && !double.IsNaN(value))
                    throw new ArgumentException($"Row {row}, column {column} (both counted from 0) holds {value}; a category is a whole number of 0 or more, or NaN for missing.", parameter);
            }
        }
    }
}
