namespace SegFunctions.Storage.Leases;

/// <summary>When to renew a lease and when to give it up for lost: decisions only, no clock and no waiting.</summary>
/// <remarks>
/// Times are measured from the moment the lease was asked for, by a clock that never jumps. What counts is when a
/// request was <em>sent</em>: the service starts its count later, so the lease ends there no sooner than here.
/// Renewal falls due at a third of the duration and, after a failure, every fifteenth of it. The lease is lost when a
/// sixth of the duration is left, the margin in which the holder's work stops.
/// </remarks>
internal sealed class LeaseRenewal(TimeSpan duration)
{
    private TimeSpan _renewAt = duration / 3;
    private TimeSpan _heldFrom;
    private bool _refused;

    /// <summary>When the lease counts as lost unless a renewal succeeds before.</summary>
    public TimeSpan LostAt => _heldFrom + duration - (duration / 6);

    /// <summary>What to do at <paramref name="now"/>.</summary>
    public LeaseStep Next(TimeSpan now)
    {
        if (_refused || now >= LostAt)
            return LeaseStep.GiveUp;
        if (now >= _renewAt)
            return LeaseStep.Renew(atMost: LostAt - now);
        return LeaseStep.Wait((_renewAt < LostAt ? _renewAt : LostAt) - now);
    }

    /// <summary>The renewal that was sent at <paramref name="sentAt"/> was granted.</summary>
    public void Granted(TimeSpan sentAt)
    {
        _heldFrom = sentAt;
        _renewAt = sentAt + (duration / 3);
    }

    /// <summary>The service says that the lease is somebody else's, or nobody's.</summary>
    public void Refused() => _refused = true;

    /// <summary>The renewal got no answer; it may succeed later.</summary>
    public void Failed(TimeSpan now) => _renewAt = now + (duration / 15);
}

/// <summary>The next thing for the holder of a lease to do.</summary>
internal readonly record struct LeaseStep(LeaseStepKind Kind, TimeSpan Time)
{
    public static LeaseStep GiveUp => new(LeaseStepKind.GiveUp, TimeSpan.Zero);

    public static LeaseStep Wait(TimeSpan span) => new(LeaseStepKind.Wait, span);

    /// <param name="atMost">How long the request may take.</param>
    public static LeaseStep Renew(TimeSpan atMost) => new(LeaseStepKind.Renew, atMost);
}

internal enum LeaseStepKind
{
    Wait,
    Renew,
    GiveUp,
}
