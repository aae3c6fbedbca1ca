using SegFunctions.Cli.Output;
using SegFunctions.Learning.Clustering;

namespace SegFunctions.Cli.Clusters;

/// <summary>Tells on standard error how far a clustering has come: a line a tenth of the work.</summary>
internal sealed class ClusterProgressLine(CommandConsole console) : IProgress<ClusteringProgress>
{
    private int _tenths = -1;

    public void Report(ClusteringProgress value)
    {
        var tenths = (int)(value.Share * 10);
        if (tenths <= _tenths)
            return;
        _tenths = tenths;
        console.Note(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.Share * 100:0} % · {value.Step}"));
    }
}
