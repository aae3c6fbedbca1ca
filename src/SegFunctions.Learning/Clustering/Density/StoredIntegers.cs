namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Whole numbers that a stored model keeps among its doubles.</summary>
internal static class StoredIntegers
{
    public static double[] ToDoubles(ReadOnlySpan<int> values)
    {
        var doubles = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
            doubles[i] = values[i];
        return doubles;
    }

    /// <exception cref="InvalidDataException">Another length, or a value that is not a whole number of the range.</exception>
    public static int[] Of(ModelFile file, string name, int length, int least, int greatest)
    {
        var doubles = file.Array(name, length);
        var values = new int[length];
        for (var i = 0; i < length; i++)
        {
            if (!(doubles[i] >= least && doubles[i] <= greatest && doubles[i] == Math.Floor(doubles[i])))
                throw new InvalidDataException($"The stored model's array \"{name}\" holds {doubles[i]}, expected whole numbers from {least} to {greatest}; it is damaged.");
            values[i] = (int)doubles[i];
        }

        return values;
    }
}
