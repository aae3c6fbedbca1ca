using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>Boosted trees of several shapes, each judged after several numbers of rounds, all from one fit a shape.</summary>
internal sealed class TreeFamily : ILearnerFamily
{
    public const string Key = "trees";

    private readonly TreeShape[] _shapes;
    private readonly long _seed;
    private readonly int? _threads;
    private readonly (int Shape, int Rounds)[] _settings;

    /// <param name="shapes">The simplest first.</param>
    public TreeFamily(TreeShape[] shapes, long seed, int? threads)
    {
        _shapes = shapes;
        _seed = seed;
        _threads = threads;
        _settings = [.. shapes.SelectMany((shape, at) => shape.Checkpoints.Select(rounds => (at, rounds)))];
        Settings =
        [
            .. _settings.Select(one => new LearnerSetting(
                new Bilingual($"boosted trees, {one.Rounds} of depth {shapes[one.Shape].Depth}", $"arbres boostés, {one.Rounds} de profondeur {shapes[one.Shape].Depth}"),
                one.Shape)),
        ];
    }

    public string Name => Key;

    public IReadOnlyList<LearnerSetting> Settings { get; }

    public double[][]? Judge(Table train, bool[] positive, Table held, UsedColumns used, CancellationToken cancellationToken)
    {
        var (design, rows) = TreeDesign.Fit(train, positive, used, _seed);
        var judged = design.Apply(held);
        var odds = new List<double[]>();
        foreach (var shape in _shapes)
        {
            var trees = Fit(design, rows, positive, shape, shape.Checkpoints[^1], cancellationToken);
            odds.AddRange(StagedLogOdds.Of(trees, judged, shape.Checkpoints, _threads, cancellationToken));
        }

        return [.. odds];
    }

    public Scorer Fit(Table train, bool[] positive, UsedColumns used, int setting, CancellationToken cancellationToken)
    {
        var (design, rows) = TreeDesign.Fit(train, positive, used, _seed);
        return new TreeScorer(design, Fit(design, rows, positive, _shapes[_settings[setting].Shape], _settings[setting].Rounds, cancellationToken));
    }

    private BoostedTrees Fit(TreeDesign design, Matrix rows, bool[] positive, TreeShape shape, int rounds, CancellationToken cancellationToken) => GradientBoosting.Fit(
        rows, Array.ConvertAll(positive, one => one ? 1.0 : 0), shape.Options(rounds, design.Width, design.Categorical, _seed, _threads), cancellationToken: cancellationToken);
}
