using SegFunctions.Learning.Clustering.Density;

namespace SegFunctions.Learning.Tests.Clustering.Density;

public sealed class EpsilonProposalTests
{
    [Fact]
    public void The_curve_is_every_row_s_distance_to_its_kth_neighbour_ascending()
    {
        var rows = Some.Normal(300, 3);
        Assert.Equal(PlainHdbscan.CoreDistances(rows, 4).Order(), EpsilonProposal.Of(rows, minimumPoints: 5).Curve, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Clusters_in_noise_have_a_knee_between_their_distances_and_those_of_the_noise()
    {
        var (blobs, _) = Some.Blobs(1800, 2, groups: 4, apart: 60);
        var random = new Xoshiro256(4);
        var rows = new Matrix(2000, 2, [.. blobs.Values, .. Enumerable.Range(0, 400).Select(_ => (200 * random.NextDouble()) - 100)]);
        var proposal = EpsilonProposal.Of(rows, minimumPoints: 8);
        Assert.True(proposal.HasKnee);
        Assert.Equal(proposal.Curve[proposal.Knee], proposal.Epsilon);
        var model = Dbscan.Fit(rows, new DbscanOptions { MinimumPoints = 8 });
        Assert.Equal(proposal.Epsilon, model.Epsilon);
        Assert.Equal(4, model.Clusters);
        Assert.InRange(model.Labels.Skip(1800).Count(label => label < 0), 150, 200);
        Assert.InRange(model.Labels.Take(1800).Count(label => label < 0), 0, 100);
    }

    [Fact]
    public void A_straight_curve_has_no_knee() =>
        Assert.False(EpsilonProposal.At([.. Enumerable.Range(1, 500).Select(row => row + Math.Sin(row))]).HasKnee);

    [Fact]
    public void A_hockey_stick_is_bent_where_it_is_bent()
    {
        var proposal = EpsilonProposal.At([.. Enumerable.Range(0, 100).Select(row => 1 + (0.001 * row) + (row < 80 ? 0 : row - 80.0))]);
        Assert.True(proposal.HasKnee);
        Assert.Equal(80, proposal.Knee, 1.0);
    }

    [Fact]
    public void Equal_rows_get_a_reach_above_0()
    {
        var proposal = EpsilonProposal.Of(Matrix.FromRows([.. Enumerable.Repeat(new[] { 2.0, 3 }, 30)]), minimumPoints: 5);
        Assert.False(proposal.HasKnee);
        Assert.True(proposal.Epsilon > 0);
    }
}
