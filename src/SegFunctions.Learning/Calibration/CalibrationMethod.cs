namespace SegFunctions.Learning.Calibration;

/// <summary>Ways from scores to probabilities, from the one that needs fewest rows to the one that needs most.</summary>
public enum CalibrationMethod
{
    /// <summary><see cref="LogOddsCalibration"/>: scores are log-odds already.</summary>
    None,

    /// <summary><see cref="PlattScaling"/>.</summary>
    Platt,

    /// <summary><see cref="BetaCalibration"/>.</summary>
    Beta,

    /// <summary><see cref="IsotonicRegression"/>, centred.</summary>
    Isotonic,
}
