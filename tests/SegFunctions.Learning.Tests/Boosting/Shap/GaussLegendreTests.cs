using SegFunctions.Learning.Boosting.Shap;

namespace SegFunctions.Learning.Tests.Boosting.Shap;

public sealed class GaussLegendreTests
{
    [Fact]
    public void Powers_are_integrated_exactly_up_to_twice_the_points_less_one()
    {
        for (var points = 1; points <= 40; points++)
        {
            var (nodes, weights) = GaussLegendre.Of(points);
            for (var power = 0; power < 2 * points; power++)
                Assert.Equal(1.0 / (power + 1), nodes.Zip(weights, (node, weight) => weight * Math.Pow(node, power)).Sum(), 1e-14);
        }
    }

    [Fact]
    public void Two_points_lie_where_the_tables_say()
    {
        var (nodes, weights) = GaussLegendre.Of(2);
        Assert.Equal((1 - (1 / Math.Sqrt(3))) / 2, nodes[0], 1e-15);
        Assert.Equal(0.5, weights[1], 1e-15);
    }
}
