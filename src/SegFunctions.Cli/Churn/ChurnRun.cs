using SegFunctions.Cli.Clusters;
using SegFunctions.Learning.Classification;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Churn;

/// <summary>One run of <c>churn</c>: a file learned from, another or the same scored.</summary>
internal sealed class ChurnRun
{
    private readonly ChurnTable _scored;
    private readonly double[] _scores;
    private readonly ClassificationReasons _reasons;
    private readonly double _share;

    private ChurnRun(ChurnRunResult result, ClassificationFindings findings, ClassificationReport? test, ChurnTable scored, double[] scores, ClassificationReasons reasons, double share)
    {
        Result = result;
        Findings = findings;
        Test = test;
        _scored = scored;
        _scores = scores;
        _reasons = reasons;
        _share = share;
    }

    public ChurnRunResult Result { get; }

    public ClassificationFindings Findings { get; }

    /// <summary>Figures on the test file; null where it has no labels.</summary>
    public ClassificationReport? Test { get; }

    /// <exception cref="CommandFailedException">A file that cannot be learned from or scored; the message says why.</exception>
    /// <exception cref="UsageException">No value of the label means leaving.</exception>
    public static async Task<ChurnRun> RunAsync(ChurnRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var train = await ChurnTable.TrainAsync(request, cancellationToken);
        var label = LabelColumn.Of(train.Label!, request.Positive, train.FileName);
        var other = request.Test is null ? null : await train.TestAsync(request, request.Test, cancellationToken);
        var read = time.GetTimestamp();

        int[] labelled = [.. Enumerable.Range(0, train.Table.Rows).Where(row => label.Outcomes[row] is not null)];
        if (labelled.Length == 0)
            throw new CommandFailedException($"{train.FileName} has no row with a label in column '{train.Label!.Name}'. Give the column its values.");
        bool[] positive = [.. labelled.Select(row => label.Outcomes[row] == true)];
        var options = new ClassificationOptions { Seed = request.Seed, Profit = request.Costs, ScoreEveryRow = request.Scores && other is null };
        var fit = await Task.Run(() => Usable(train.FileName, () => BinaryClassification.Fit(labelled.Length == train.Table.Rows ? train.Table : train.Table.Take(labelled), positive, options, cancellationToken)), cancellationToken);
        var learned = time.GetTimestamp();

        var scored = other ?? train;
        var scores = await Task.Run(() => Usable(scored.FileName, () => fit.Model.Predict(scored.Table, cancellationToken: cancellationToken)), cancellationToken);
        if (other is null && fit.Scores is { } ownScores)
        {
            for (var i = 0; i < labelled.Length; i++)
                scores[labelled[i]] = ownScores[i];
        }

        var testLabel = other?.Label is { } column ? label.In(column) : null;
        var test = testLabel is null ? null : TestFigures(scores, testLabel, request, cancellationToken);
        var ended = time.GetTimestamp();
        var findings = fit.Findings;
        var result = new ChurnRunResult(
            train.FileName,
            labelled.Length,
            findings.Positives,
            train.Label!.Name,
            label.Positive[0].Trim(),
            findings.Learner,
            findings.Published,
            findings.Reason,
            findings.Method,
            request.Costs is { } costs ? new ContactCosts(costs.ContactCost, costs.ValueSaved, costs.SuccessProbability, costs.Threshold) : null,
            FiguresOf(findings.Figures),
            FiguresOf(findings.Baseline),
            findings.Gain is { } gain ? new FigureWithInterval(gain.Mean, Finite(gain.Lower), Finite(gain.Upper)) : null,
            test is null ? null : new TestFigures(other!.FileName, FiguresOf(test)!),
            [.. findings.Candidates.Select(one => new TriedLearner(one.Learner, one.Description, one.LogLoss, one.Auc, one.Behind, one.BehindError, one.Chosen, one.Reason))],
            [.. findings.Leaks.Select(leak => new LeakingColumn(leak.Column, Camel($"{leak.Kind}"), leak.Auc, leak.Reason))],
            [.. findings.LeftOut.Select(one => new UnusedColumn(one.Column, one.Reason))],
            [.. findings.Drivers.Select(driver => new ColumnDriver(driver.Column, driver.Strength))],
            findings.Calibration is { } calibration ? new UsedCalibration(Camel($"{calibration.Method}"), calibration.Reason) : null,
            ChurnWords.Scored(other?.FileName, fit.Scores is not null),
            [.. Warnings(train, label, isTraining: true), .. other is null ? [] : Warnings(other, testLabel, isTraining: false), .. other is null ? [] : StrangeColumns.Of(train, other, fit.Model.Columns)],
            new ChurnSeconds(Seconds(started, read), Seconds(read, learned), Seconds(learned, ended), Seconds(started, ended)));
        return new ChurnRun(result, findings, test, scored, scores, new ClassificationReasons(fit.Model, train.Table), (double)findings.Positives / labelled.Length);

        double Seconds(long from, long to) => Math.Round(time.GetElapsedTime(from, to).TotalSeconds, 3);
    }

    public async Task WriteScoresAsync(string path, Language language, Action<Bilingual> note, CancellationToken cancellationToken)
    {
        var reasons = await Task.Run(() => _reasons.Of(_scored.Table, _scores, _share, threads: null, cancellationToken), cancellationToken);
        await ScoreFile.Write(_scored.Id, _scores, row => string.Join("; ", reasons[row].Select(reason => reason.Text.In(language)))).WriteAsync(path, "--out", note, cancellationToken);
    }

    private static ClassificationReport? TestFigures(double[] scores, LabelColumn label, ChurnRequest request, CancellationToken cancellationToken)
    {
        int[] rows = [.. Enumerable.Range(0, scores.Length).Where(row => label.Outcomes[row] is not null)];
        return rows.Length == 0
            ? null
            : ClassificationReport.Of([.. rows.Select(row => scores[row])], [.. rows.Select(row => label.Outcomes[row] == true)], default, new ClassificationReportOptions { Seed = request.Seed, Profit = request.Costs }, cancellationToken);
    }

    private static IEnumerable<Bilingual> Warnings(ChurnTable table, LabelColumn? label, bool isTraining)
    {
        foreach (var warning in ClusterWarnings.OfFile(table.File, table.Names, table.Label))
            yield return warning;
        foreach (var warning in label?.Warnings(table.File, table.Label!, isTraining) ?? [])
            yield return warning;
    }

    private static T Usable<T>(string file, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException unusable)
        {
            throw new CommandFailedException($"{file}: {ClusterRun.FirstSentence(unusable)}", unusable);
        }
    }

    private static PredictionFigures? FiguresOf(ClassificationReport? report) => report is null ? null : new PredictionFigures(
        report.Rows,
        report.Positives,
        Of(report.Auc),
        Of(report.AveragePrecision),
        Of(report.LogLoss)!,
        Of(report.Brier)!,
        Of(report.CalibrationError)!,
        [.. report.Lift.Select(one => new LiftFigures(one.Share, Of(one.Lift)!, Of(one.Gain)!))],
        [.. report.Reliability.Bins.Select(bin => new CalibrationBin(bin.Rows, bin.MeanProbability, bin.PositiveShare))],
        report.Profit is { } profit ? new ProfitPerCustomer(Of(profit.AtThreshold)!, Finite(profit.BestThreshold), profit.BestShare, Of(profit.AtBest)!, Of(profit.Everybody)!) : null,
        report.Level);

    private static FigureWithInterval? Of(Estimate? estimate) => estimate is { } one ? new FigureWithInterval(one.Value, Finite(one.Lower), Finite(one.Upper)) : null;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string Camel(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
