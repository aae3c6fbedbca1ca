namespace SegFunctions.Customers.Intake.Quality;

/// <summary>The bins of <see cref="NumberProfile.Bins"/>: eight to each doubling, the same for all files, rising with the numbers.</summary>
public static class NumberBins
{
    private const int Shift = 52 - 3;

    /// <summary>The bin of a number; 0 holds nothing but zero.</summary>
    public static long Of(double number)
    {
        if (number == 0)
            return 0;
        var magnitude = (BitConverter.DoubleToInt64Bits(Math.Abs(number)) >> Shift) + 1;
        return number < 0 ? -magnitude : magnitude;
    }

    /// <summary>The middle of a bin.</summary>
    public static double Middle(long bin)
    {
        if (bin == 0)
            return 0;
        var middle = BitConverter.Int64BitsToDouble(((Math.Abs(bin) - 1) << Shift) | (1L << (Shift - 1)));
        return bin < 0 ? -middle : middle;
    }
}
