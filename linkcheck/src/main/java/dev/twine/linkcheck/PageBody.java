package dev.twine.linkcheck;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bytes of a page as they come in, but not for ever: what is too large to be a page
 * that somebody wrote is cut off, or a server that never stops would fill the memory.
 */
final class PageBody implements BodySubscriber<byte[]> {

  /** The largest page, in bytes; what is longer was cut off after a little more than this. */
  static final int LARGEST = 16 << 20;

  private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();

  // Only used inside the signals below, which come one at a time.
  private @Nullable Subscription subscription;
  private long received;

  @Override
  public CompletionStage<byte[]> getBody() {
    return bytes.getBody();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    bytes.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    bytes.onNext(buffers);
    if (received > LARGEST && subscription != null) {
      subscription.cancel();
      bytes.onComplete();
    }
  }

  @Override
  public void onError(Throwable error) {
    bytes.onError(error);
  }

  @Override
  public void onComplete() {
    bytes.onComplete();
  }
}
