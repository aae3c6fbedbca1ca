namespace SegFunctions.Learning.Boosting;

/// <summary>What boosting minimises, and with it what a prediction is.</summary>
public enum BoostingLoss
{
    /// <summary>Log-loss of two classes; targets 0 or 1 (or a share between them), margin = log-odds, prediction = probability.</summary>
    Logistic,

    /// <summary>Half the squared error; margin = prediction = mean.</summary>
    Squared,

    /// <summary>Poisson deviance of counts; targets 0 or more, margin = log of the mean, prediction = mean.</summary>
    Poisson,

    /// <summary>Tweedie deviance of a power between 1 and 2: many zeros, otherwise positive amounts; margin = log of the mean, prediction = mean.</summary>
    Tweedie,

    /// <summary>Multinomial log-loss; targets are classes 0..K−1, margins = one score a class, predictions = one probability a class.</summary>
    Softmax,
}
