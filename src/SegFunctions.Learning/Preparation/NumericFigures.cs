namespace SegFunctions.Learning.Preparation;

/// <summary>What remains known of the values of a column once they are no longer kept in order.</summary>
/// <param name="Count">Values that are there.</param>
/// <param name="Rows">Those and the missing ones.</param>
/// <param name="Median">NaN where there is no value; so are the least and the greatest.</param>
/// <param name="Distinct">Different values.</param>
/// <param name="MostFrequent">Rows of the most frequent value.</param>
/// <param name="Ones">Rows of the value 1.</param>
/// <param name="Whole">Every value is a whole number.</param>
internal sealed record NumericFigures(int Count, int Rows, double Least, double Median, double Greatest, int Distinct, int MostFrequent, int Ones, bool Whole)
{
    public int Missing => Rows - Count;

    public bool IsFlag => Distinct == 2 && Least == 0 && Greatest == 1;
}
