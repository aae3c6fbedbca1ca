namespace SegFunctions.Learning.Boosting;

/// <summary>
/// How boosted trees are trained. The defaults are meant for thousands of rows: small steps, shallow trees and leaves of some size,
/// so that they do not learn noise by heart; with hundreds of thousands of rows a depth of 6 and a rate of 0.1 get there sooner.
/// </summary>
public sealed record BoostingOptions
{
    /// <summary>What is minimised.</summary>
    public BoostingLoss Loss { get; init; } = BoostingLoss.Logistic;

    /// <summary>Classes of <see cref="BoostingLoss.Softmax"/>, at least 2; null for the greatest target + 1.</summary>
    public int? Classes { get; init; }

    /// <summary>Rounds at most, at least 1: one tree each, with softmax one a class.</summary>
    public int Rounds { get; init; } = 200;

    /// <summary>Share of each tree's step that is taken, above 0 and at most 1 (Friedman 2001, shrinkage).</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Which leaf is split next.</summary>
    public TreeGrowth Growth { get; init; } = TreeGrowth.DepthWise;

    /// <summary>Splits between the root and a leaf at most, 1 to 32.</summary>
    public int MaxDepth { get; init; } = 3;

    /// <summary>Leaves a tree at most, at least 2; null for as many as the depth allows, with leaf-wise growth 31.</summary>
    public int? MaxLeaves { get; init; }

    /// <summary>Penalty on the absolute value of a leaf (α), 0 or more.</summary>
    public double L1 { get; init; }

    /// <summary>Penalty on half the square of a leaf (λ), 0 or more, in units of curvature: a leaf with that much curvature is halved.</summary>
    public double L2 { get; init; } = 5;

    /// <summary>Gain that a split must exceed (γ), 0 or more: G_L²/(H_L+λ) + G_R²/(H_R+λ) − G²/(H+λ) as XGBoost counts it.</summary>
    public double MinGain { get; init; }

    /// <summary>Least sum of curvature (Σ h) on each side of a split, 0 or more; for squared error that is the sum of weights.</summary>
    public double MinChildWeight { get; init; } = 1;

    /// <summary>
    /// Least sum of sample weights (rows, when all weigh 1) on each side of a split, 0 or more; within a node it is estimated from
    /// the curvature, as LightGBM does.
    /// </summary>
    public double MinLeafRows { get; init; } = 20;

    /// <summary>
    /// Bound on the absolute value of a leaf before the learning rate, above 0; null for 0.7 with <see cref="BoostingLoss.Poisson"/>,
    /// whose curvature vanishes where the mean does, and none otherwise.
    /// </summary>
    public double? MaxStep { get; init; }

    /// <summary>Share of the rows that a tree sees, drawn anew for each round without replacement; above 0 and at most 1 (Friedman 2002).</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>Share of the columns that a tree sees, drawn anew for each round; above 0 and at most 1.</summary>
    public double ColumnShare { get; init; } = 1;

    /// <summary>Bins of a column at most, missing values not counted; 2 to 255.</summary>
    public int MaxBins { get; init; } = 255;

    /// <summary>
    /// Columns that hold category codes 0..n−1 (at most 65,535) instead of amounts. NaN is missing; a code that training never saw
    /// goes where missing goes. Codes beyond the 254 of most weight share one bin.
    /// </summary>
    public IReadOnlyList<int> Categorical { get; init; } = [];

    /// <summary>Up to so many categories in use, each is tried alone against the rest; beyond, categories are sorted by their gradients.</summary>
    public int OneVersusRest { get; init; } = 4;

    /// <summary>Curvature added to each category before categories are sorted, 0 or more: pulls rare ones towards the middle.</summary>
    public double CategorySmoothing { get; init; } = 10;

    /// <summary>Added to <see cref="L2"/> where sorted categories are split, 0 or more.</summary>
    public double CategoryL2 { get; init; } = 10;

    /// <summary>Categories of fewer rows (sum of weights, estimated from curvature) in a node are pooled there; 0 or more.</summary>
    public double MinCategoryRows { get; init; } = 10;

    /// <summary>One a column: 1 where the prediction must not fall, −1 where it must not rise as the column grows, else 0; empty for none.</summary>
    public IReadOnlyList<int> Monotone { get; init; } = [];

    /// <summary>Factor on the weight of the rows of each class, for logistic (2) and softmax; empty for 1 each.</summary>
    public IReadOnlyList<double> ClassWeights { get; init; } = [];

    /// <summary>With a validation set: rounds without a better held-out loss after which training ends, and the model is cut to its best round. At least 1; null never ends early nor cuts.</summary>
    public int? EarlyStopping { get; init; } = 50;

    /// <summary>Variance power of <see cref="BoostingLoss.Tweedie"/>, between 1 and 2, both excluded.</summary>
    public double TweediePower { get; init; } = 1.5;

    /// <summary>Name of each column, for people; empty for none.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>Decides every draw: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal bool IsMonotone => Monotone.Any(direction => direction != 0);

    internal double StepBound => MaxStep ?? (Loss == BoostingLoss.Poisson ? 0.7 : double.PositiveInfinity);

    internal int LeafLimit => MaxLeaves ?? (Growth == TreeGrowth.LeafWise ? 31 : int.MaxValue);

    internal void Validate(int columns)
    {
        var faults = new List<string>();
        Require(Enum.IsDefined(Loss), $"Loss is {Loss}; it must be one of {string.Join(", ", Enum.GetNames<BoostingLoss>())}.");
        Require(Classes is null or >= 2, $"Classes is {Classes}; it must be at least 2, or null.");
        Require(Classes is null || Loss == BoostingLoss.Softmax, $"Classes is {Classes}, but the loss is {Loss}; only Softmax has classes.");
        Require(Rounds >= 1, $"Rounds is {Rounds}; it must be at least 1.");
        Require(LearningRate is > 0 and <= 1, $"LearningRate is {LearningRate}; it must be above 0 and at most 1.");
        Require(Enum.IsDefined(Growth), $"Growth is {Growth}; it must be DepthWise or LeafWise.");
        Require(MaxDepth is >= 1 and <= 32, $"MaxDepth is {MaxDepth}; it must be 1 to 32.");
        Require(MaxLeaves is null or >= 2, $"MaxLeaves is {MaxLeaves}; it must be at least 2, or null.");
        NotNegative(L1, nameof(L1));
        NotNegative(L2, nameof(L2));
        NotNegative(MinGain, nameof(MinGain));
        NotNegative(MinChildWeight, nameof(MinChildWeight));
        NotNegative(MinLeafRows, nameof(MinLeafRows));
        NotNegative(CategorySmoothing, nameof(CategorySmoothing));
        NotNegative(CategoryL2, nameof(CategoryL2));
        NotNegative(MinCategoryRows, nameof(MinCategoryRows));
        Require(MaxStep is null or > 0, $"MaxStep is {MaxStep}; it must be above 0, or null.");
        Share(RowShare, nameof(RowShare));
        Share(ColumnShare, nameof(ColumnShare));
        Require(MaxBins is >= 2 and <= 255, $"MaxBins is {MaxBins}; it must be 2 to 255.");
        Require(OneVersusRest >= 0, $"OneVersusRest is {OneVersusRest}; it must be 0 or more.");
        Require(EarlyStopping is null or >= 1, $"EarlyStopping is {EarlyStopping}; it must be at least 1, or null.");
        Require(TweediePower is > 1 and < 2, $"TweediePower is {TweediePower}; it must lie between 1 and 2.");
        Require(Threads is null or >= 1, $"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        Require(Categorical.All(column => column >= 0 && column < columns), $"Categorical is [{string.Join(", ", Categorical)}]; columns are counted from 0 to {columns - 1}.");
        Require(Categorical.Distinct().Count() == Categorical.Count, $"Categorical is [{string.Join(", ", Categorical)}]; a column is named twice.");
        Require(Monotone.Count == 0 || Monotone.Count == columns, $"Monotone has {Monotone.Count} entries; it must have one a column, {columns}, or none.");
        Require(Monotone.All(direction => direction is >= -1 and <= 1), $"Monotone is [{string.Join(", ", Monotone)}]; every entry must be -1, 0 or 1.");
        Require(!Categorical.Any(column => column >= 0 && column < Monotone.Count && Monotone[column] != 0), "Monotone names a categorical column; categories have no order to follow.");
        Require(Loss != BoostingLoss.Softmax || !IsMonotone, "Monotone is set, but a probability of softmax depends on the scores of all classes; use Logistic, or none.");
        Require(ClassWeights.Count == 0 || Loss is BoostingLoss.Logistic or BoostingLoss.Softmax, $"ClassWeights is set, but the loss is {Loss}; only Logistic and Softmax have classes.");
        Require(ClassWeights.Count is 0 or 2 || Loss != BoostingLoss.Logistic, $"ClassWeights has {ClassWeights.Count} entries; Logistic needs 2, of class 0 and of class 1.");
        Require(ClassWeights.All(weight => weight >= 0 && double.IsFinite(weight)), $"ClassWeights is [{string.Join(", ", ClassWeights)}]; every weight must be a finite number of 0 or more.");
        Require(FeatureNames.Count == 0 || FeatureNames.Count == columns, $"FeatureNames has {FeatureNames.Count} entries; it must have one a column, {columns}, or none.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");

        void Require(bool met, string fault)
        {
            if (!met)
                faults.Add(fault);
        }

        void NotNegative(double value, string name) => Require(value >= 0 && double.IsFinite(value), $"{name} is {value}; it must be a finite number of 0 or more.");

        void Share(double value, string name) => Require(value is > 0 and <= 1, $"{name} is {value}; it must be above 0 and at most 1.");
    }
}
