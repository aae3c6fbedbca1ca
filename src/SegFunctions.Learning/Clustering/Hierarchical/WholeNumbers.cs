namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>Whole numbers as stored models hold many of them: as doubles.</summary>
internal static class WholeNumbers
{
    public static double[] ToDoubles(ReadOnlySpan<int> numbers)
    {
        var values = new double[numbers.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = numbers[i];
        return values;
    }

    /// <exception cref="InvalidDataException">Another length, a fraction, or a number outside 0 to <paramref name="greatest"/>.</exception>
    public static int[] Read(ModelFile file, string name, int length, int greatest)
    {
        var values = file.Array(name, length);
        var numbers = new int[length];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!(values[i] >= 0 && values[i] <= greatest && Math.Floor(values[i]) == values[i]))
                throw new InvalidDataException($"The stored model's array \"{name}\" holds {values[i]} at {i}, expected a whole number from 0 to {greatest}; it is damaged.");
            numbers[i] = (int)values[i];
        }

        return numbers;
    }
}
