namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>A way to split a node; of gain 0 and below, none.</summary>
internal struct Split
{
    /// <summary>Place of the column among the kept ones.</summary>
    public int Used;

    /// <summary>What the split gains, in units of the loss (doubled, as XGBoost counts).</summary>
    public double Gain;

    /// <summary>Sum of the gradient pairs that go left.</summary>
    public long LeftWord;

    /// <summary>The last bin that goes left at a numeric split; −1 at a categorical one.</summary>
    public int LastLeft;

    public bool MissingLeft;

    /// <summary>The bins that go left at a categorical split.</summary>
    public BinSet LeftBins;

    public readonly bool Exists => Gain > 0;
}
