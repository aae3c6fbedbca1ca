namespace SegFunctions.Learning.Explanation;

/// <summary>Which reasons are asked for.</summary>
public enum ReasonSide
{
    Both,

    /// <summary>Those that raise the score: why a risk is high.</summary>
    Raising,

    /// <summary>Those that lower it.</summary>
    Lowering,
}
