namespace SegFunctions.Learning.Calibration;

/// <summary>
/// A rising map from scores to probabilities, learned on rows that the scoring model has not seen. Immutable.
/// <see cref="PlattScaling"/> needs few rows; <see cref="IsotonicRegression"/> follows any rising shape and wants about a thousand;
/// <see cref="CalibrationChoice"/> chooses.
/// </summary>
public abstract class ProbabilityCalibration
{
    private protected ProbabilityCalibration()
    {
    }

    /// <summary>The probability that a score stands for, 0 to 1.</summary>
    public abstract double Apply(double score);

    /// <summary>The probabilities of many scores.</summary>
    public double[] Apply(ReadOnlySpan<double> scores)
    {
        var probabilities = new double[scores.Length];
        for (var row = 0; row < scores.Length; row++)
            probabilities[row] = Apply(scores[row]);
        return probabilities;
    }

    /// <summary>Writes the map. The stream stays open.</summary>
    public abstract void Save(Stream stream);

    /// <summary>Reads a map of any kind.</summary>
    /// <exception cref="InvalidDataException">The stream holds no calibration, a newer version, or a damaged one.</exception>
    public static ProbabilityCalibration Load(Stream stream)
    {
        var file = ModelFile.Read(stream, [LogOddsCalibration.Kind, PlattScaling.Kind, BetaCalibration.Kind, IsotonicRegression.Kind], newestVersion: 1);
        return file.Kind switch
        {
            LogOddsCalibration.Kind => new LogOddsCalibration(),
            PlattScaling.Kind => PlattScaling.From(file),
            BetaCalibration.Kind => BetaCalibration.From(file),
            _ => IsotonicRegression.From(file),
        };
    }

    internal static void Require(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        if (scores.Length != labels.Length)
            throw new ArgumentException($"There are {scores.Length} scores for {labels.Length} labels.", nameof(scores));
        if (scores.IsEmpty)
            throw new ArgumentException("There are no rows; at least one is needed.", nameof(scores));
        for (var row = 0; row < scores.Length; row++)
        {
            if (!double.IsFinite(scores[row]))
                throw new ArgumentException($"Row {row} (counted from 0) has score {scores[row]}; it must be a finite number.", nameof(scores));
        }
    }
}
